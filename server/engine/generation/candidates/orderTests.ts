import type { SyntaxNode } from '../../ports/syntax.ts';
import { containers, type ParsedTests, type TestNode } from './findTestNodes.ts';
import { linesOf, type LineSpan } from './lineSpans.ts';
import { seededOrder } from './seededOrder.ts';
import { holds } from './treeText.ts';

/**
 * The same file with its tests in another order, within each group: every runner runs tests in the order of the file. What
 * stands between tests comes before them. What shares its lines with something else stays where it is.
 */
export function orderTests({ text, root }: ParsedTests, tests: readonly TestNode[], seed: number): string {
  return render(root, root.start, root.end, { text, tests, seed });
}

interface Ordering {
  readonly text: string;
  readonly tests: readonly TestNode[];
  readonly seed: number;
}

/** The text of a part of a node, with everything below in its new order. */
function render(node: SyntaxNode, start: number, end: number, ordering: Ordering): string {
  const { text } = ordering;
  const region = containers.has(node.type) ? reorder(node, ordering) : undefined;
  if (region !== undefined && region.start >= start && region.end <= end)
    return text.slice(start, region.start) + region.text + text.slice(region.end, end);
  let out = '';
  let at = start;
  for (const child of node.children) {
    if (child.start < at || child.end > end) continue;
    if (!ordering.tests.some(({ node: test }) => holds(child, test) && test !== child)) continue;
    out += text.slice(at, child.start) + render(child, child.start, child.end, ordering);
    at = child.end;
  }
  return out + text.slice(at, end);
}

function reorder(
  container: SyntaxNode,
  ordering: Ordering,
): (LineSpan & { readonly text: string }) | undefined {
  const { text, tests, seed } = ordering;
  const siblings = container.children;
  const found = siblings.filter((child) => tests.some(({ node }) => holds(child, node)));
  const spans = found.map((statement) => linesOf(text, statement, siblings));
  const whole = spans.flatMap((span) => (span === undefined ? [] : [span]));
  const [first] = whole;
  const last = whole.at(-1);
  if (first === undefined || last === undefined || whole.length < 2 || whole.length < spans.length)
    return undefined;
  const between: string[] = [];
  for (const [index, span] of whole.entries()) {
    const next = whole[index + 1];
    if (next !== undefined) between.push(text.slice(span.end, next.start));
  }
  const others = between
    .map((part) => part.replace(/^(?:[ \t]*\r?\n)+|\s+$/gu, ''))
    .filter((part) => part !== '');
  const bodies = found.map((statement, index) => {
    const { start, end } = whole[index] ?? statement;
    const inner = render(statement, statement.start, Math.min(statement.end, end), ordering);
    return (
      text.slice(start, statement.start) +
      inner +
      text.slice(Math.min(statement.end, end), end)
    ).trimEnd();
  });
  const ordered = seededOrder(bodies.length, seed).map((index) => bodies[index] ?? '');
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  const tail = text.slice(last.start, last.end).endsWith('\n') ? lineBreak : '';
  return {
    start: first.start,
    end: last.end,
    text: [...others, ...ordered].join(lineBreak.repeat(3)) + tail,
  };
}
