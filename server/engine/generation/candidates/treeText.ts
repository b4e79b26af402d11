import type { SyntaxNode } from '../../ports/syntax.ts';

/** The leaves below a node in source order, comments left out. */
export function leavesOf(node: SyntaxNode): readonly SyntaxNode[] {
  const leaves: SyntaxNode[] = [];
  const open: SyntaxNode[] = [node];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (/comment/u.test(next.type)) continue;
    if (next.children.length === 0) leaves.push(next);
    else open.push(...next.children.toReversed());
  }
  return leaves;
}

/** All nodes below a node and itself, each before its parts. */
export function* nodesOf(node: SyntaxNode): Generator<SyntaxNode> {
  const open: SyntaxNode[] = [node];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    yield next;
    open.push(...next.children.toReversed());
  }
}

export function partOf(node: SyntaxNode, field: string): SyntaxNode | undefined {
  return node.children.find((child) => child.field === field);
}

/** The parts that say something: no signs, no comments. */
export function namedParts(node: SyntaxNode): readonly SyntaxNode[] {
  return node.children.filter(({ isNamed, type }) => isNamed && !/comment/u.test(type));
}

/** The words of a node on one line, without white space. */
export function wordsOf(text: string, { start, end }: Pick<SyntaxNode, 'start' | 'end'>): string {
  return text.slice(start, end).replace(/\s+/gu, '');
}

export function holds(
  outer: Pick<SyntaxNode, 'start' | 'end'>,
  inner: Pick<SyntaxNode, 'start' | 'end'>,
): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}
