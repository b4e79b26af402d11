import type { Node } from '@vscode/tree-sitter-wasm';
import type { SyntaxFault } from '../../engine/ports/syntax.ts';
import { lineAt } from './lineAt.ts';

const maxFaults = 50;

/** The outermost places that do not parse, in source order. Only branches with errors are walked. */
export function findFaults(root: Node, text: string): readonly SyntaxFault[] {
  const faults: SyntaxFault[] = [];
  const open: Node[] = [root];
  for (let node = open.pop(); node !== undefined && faults.length < maxFaults; node = open.pop()) {
    if (!node.hasError) continue;
    if (node.isMissing || node.isError) faults.push(faultAt(node, text));
    else for (const child of node.children.toReversed()) if (child !== null) open.push(child);
  }
  // The parser recovered without leaving a place.
  if (faults.length === 0 && root.hasError) faults.push(faultAt(root, text));
  return faults;
}

/** The place of a node that does not belong there. */
export function faultAt(node: Node, text: string): SyntaxFault {
  const span = { start: node.startIndex, end: node.endIndex };
  const message = node.isMissing
    ? `\`${node.type}\` is missing`
    : `unexpected \`${excerpt(text.slice(span.start, Math.min(span.end, span.start + 200)))}\``;
  return { line: lineAt(text, span.start), message, span };
}

const maxExcerpt = 40;

function excerpt(text: string): string {
  const line = text.trim().split(/[\r\n]/, 1)[0] ?? '';
  return line.length > maxExcerpt ? `${line.slice(0, maxExcerpt).toWellFormed()}…` : line;
}
