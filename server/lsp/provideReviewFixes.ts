import {
  CodeActionKind,
  type CodeAction,
  type CodeActionParams,
  type Range,
  type TextDocuments,
} from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Engine } from '../engine/engine.ts';
import type { FindingFix } from '../protocol/text.ts';
import type { Folders } from './folders.ts';

export interface ReviewFixesParts {
  readonly engine: Pick<Engine, 'actionFindings'>;
  readonly documents: Pick<TextDocuments<TextDocument>, 'get'>;
  readonly folders: Pick<Folders, 'place'>;
}

/**
 * What reviews suggest where an editor asks. The text may have changed since: what a suggestion replaces is looked for again,
 * and where it is gone, or there more than once, nothing is offered.
 */
export function provideReviewFixes(
  { engine, documents, folders }: ReviewFixesParts,
  { textDocument: { uri }, range, context }: CodeActionParams,
): readonly CodeAction[] {
  const isWanted = context.only?.some((only) => isOrHolds(only, CodeActionKind.QuickFix)) ?? true;
  const shown = context.diagnostics.filter(({ code }) => code === 'review.finding');
  const placed = folders.place(uri);
  const document = documents.get(uri);
  if (!isWanted || shown.length === 0 || placed === undefined || document === undefined) return [];
  return engine.actionFindings(placed.root).flatMap((finding): readonly CodeAction[] => {
    const { path, code, message, fix } = finding;
    const diagnostics = shown.filter((each) => each.message === message && touches(each.range, range));
    if (path !== placed.path || code !== 'review.finding' || fix === undefined || diagnostics.length === 0)
      return [];
    const where = findPlace(document, fix);
    if (where === undefined) return [];
    return [
      {
        title: `Apply suggestion: ${message}`,
        kind: CodeActionKind.QuickFix,
        diagnostics,
        edit: { changes: { [uri]: [{ range: where, newText: fix.newText }] } },
      },
    ];
  });
}

/** Where the text stands that is replaced, as whole lines. */
function findPlace(document: TextDocument, { range, replaces }: FindingFix): Range | undefined {
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

function isOrHolds(kind: string, inner: string): boolean {
  return kind === '' || inner === kind || inner.startsWith(`${kind}.`);
}

function touches(one: Range, other: Range): boolean {
  return !isBefore(one.end, other.start) && !isBefore(other.end, one.start);
}

function isBefore(one: Range['start'], other: Range['start']): boolean {
  return one.line < other.line || (one.line === other.line && one.character < other.character);
}
