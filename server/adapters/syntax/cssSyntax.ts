import type { ChildNode } from 'postcss';
import parse from 'postcss/lib/parse';
import type { SyntaxFault } from '../../engine/ports/syntax.ts';
import { lineAt } from './lineAt.ts';

/**
 * Where the blocks, declarations, strings, brackets and comments of a style sheet do not close or are none; the parser
 * stops at the first place. Which properties and values there are is not asked: browsers learn new ones all the time.
 */
export function findCssFaults(text: string): readonly SyntaxFault[] {
  try {
    // A source map that the text names would be read from the disk.
    const sheet = parse(text, { map: false });
    return [...findStrayBrackets(text), ...findMisplaced(sheet)];
  } catch (error) {
    if (!(error instanceof Error && 'reason' in error && 'line' in error)) throw error;
    return [{ line: Number(error.line) - 1, message: String(error.reason).slice(0, 200) }];
  }
}

const commentStringUrlOrBracket =
  /\/\*[^]*?\*\/|"(?:[^"\\]|\\[^])*"|'(?:[^'\\]|\\[^])*'|\burl\(\s*(?!["'\s])(?:[^)\\]|\\[^])*\)|\\[^]|[()[\]{}]/gi;

/** The first bracket without another one; the parser does not look at those in values of custom properties. */
function findStrayBrackets(text: string): readonly SyntaxFault[] {
  const open: { readonly at: number; readonly closing: string }[] = [];
  for (const { 0: found, index } of text.matchAll(commentStringUrlOrBracket)) {
    const closing = { '(': ')', '[': ']', '{': '}' }[found];
    if (closing !== undefined) open.push({ at: index, closing });
    else if (/^[)\]}]$/.test(found) && open.pop()?.closing !== found) return [strayAt(text, index)];
  }
  return open.slice(0, 1).map(({ at }) => strayAt(text, at));
}

function strayAt(text: string, at: number): SyntaxFault {
  const message = `\`${text.charAt(at)}\` closes nothing, or is not closed`;
  return { line: lineAt(text, at), message, span: { start: at, end: at + 1 } };
}

/** The parser takes these, for the sake of dialects; a browser drops the rule that comes next with them. */
function findMisplaced(sheet: ReturnType<typeof parse>): readonly SyntaxFault[] {
  const faults: SyntaxFault[] = [];
  for (const node of sheet.nodes)
    if (node.type === 'decl')
      faults.push({ line: lineOf(node), message: `\`${node.prop}\` stands in no rule` });
  sheet.walkRules((rule) => {
    if (!oddSelector.test(rule.selector.replace(/"[^"]*"|'[^']*'/g, ''))) return;
    faults.push({ line: lineOf(rule), message: `\`${rule.selector.slice(0, 40)}\` is no selector` });
  });
  return faults.slice(0, maxFaults);
}

const maxFaults = 50;
/** A parenthesis that no function opens, or the end of a comment that has no beginning. */
const oddSelector = /(?:^|[\s>+~,])\(|(?:^|[^\\])\*\//;

function lineOf({ source }: ChildNode): number {
  return (source?.start?.line ?? 1) - 1;
}
