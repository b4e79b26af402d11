import type { Range } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { FindingFix } from '../protocol/text.ts';

/**
 * Where the text stands that a suggestion replaces, as whole lines. The text may have changed since: where it is gone, or there
 * more than once and not in its old place, there is none.
 */
export function findSuggestion(document: TextDocument, { range, replaces }: FindingFix): Range | undefined {
  if (replaces === undefined || replaces === '') return undefined;
  if (document.getText(range) === replaces) return range;
  const text = document.getText();
  const places: number[] = [];
  for (let at = text.indexOf(replaces); at >= 0; at = text.indexOf(replaces, at + 1)) {
    const startsLine = at === 0 || /[\r\n]/u.test(text[at - 1] ?? '');
    const after = text[at + replaces.length] ?? '\n';
    if (startsLine && (/[\r\n]/u.test(after) || replaces.endsWith('\n'))) places.push(at);
  }
  const [only, second] = places;
  if (only === undefined || second !== undefined) return undefined;
  return { start: document.positionAt(only), end: document.positionAt(only + replaces.length) };
}
