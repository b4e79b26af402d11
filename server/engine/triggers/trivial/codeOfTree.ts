import type { GrammarLanguage, SyntaxNode } from '../../ports/syntax.ts';

/** A text as its syntax tree says it, without comments and white space; undefined: it does not parse everywhere. */
export function codeOfTree(root: SyntaxNode, text: string, language: GrammarLanguage): string | undefined {
  const keepsComments = language === 'go' && /^\s*import\s+(?:\(\s*)?"C"/m.test(text);
  const pieces: string[] = [];
  // A node, or what closes one: depth says what a line belongs to where nothing else does.
  const open: (SyntaxNode | string)[] = [root];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next === 'string') {
      pieces.push(next);
      continue;
    }
    const { type, isNamed, start, end, children } = next;
    if (type === 'ERROR' || (start === end && !isNamed && type.trim() !== '')) return undefined;
    const written = text.slice(start, end);
    if (aComment.test(type)) {
      if (keepsComments || isDirective(written, start)) pieces.push(`\u0001${written}`);
      continue;
    }
    // What is between quotes counts as it is written, and so does code inside.
    if (children.length === 0 || aLiteral.test(type)) {
      if (written.trim() !== '') pieces.push(`\u0001${written}`);
      continue;
    }
    pieces.push(`\u0002${isNamed ? type : ''}`);
    open.push('\u0003');
    let at = end;
    for (const child of children.toReversed()) {
      pushGap(open, text.slice(child.end, at));
      open.push(child);
      at = child.start;
    }
    pushGap(open, text.slice(start, at));
  }
  return pieces.join('');
}

const aComment = /^(?:comment|line_comment|block_comment|html_comment)$/;
const aLiteral = /string|template|regex|char|jsx_text/;

/** What stands between the nodes of a grammar that leaves something out. */
function pushGap(open: (SyntaxNode | string)[], gap: string): void {
  if (gap.trim() !== '') open.push(`\u0001${gap.trim()}`);
}

/** Comments that programs read: which one runs the file, how it is encoded, what Go builds and exports. */
function isDirective(comment: string, start: number): boolean {
  if (start === 0 && comment.startsWith('#!')) return true;
  return /^#.*\bcoding[:=]|^\/\/(?:go:|export |line | ?\+build)/.test(comment);
}
