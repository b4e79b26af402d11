import type { SyntaxNode } from '../../ports/syntax.ts';
import { containers, type ParsedTests, type TestNode } from './findTestNodes.ts';
import { findOrphans } from './findOrphans.ts';
import { linesOf, withoutLines, type LineSpan } from './lineSpans.ts';
import { holds, nodesOf } from './treeText.ts';

export interface Removal {
  readonly parsed: ParsedTests;
  /** All tests of the file. */
  readonly tests: readonly TestNode[];
  /** Those that go. */
  readonly dropped: ReadonlySet<TestNode>;
  /** The file before the edit: what it says stays. */
  readonly before: string;
  /** Whether what only the dropped tests used goes too. */
  readonly withOrphans: boolean;
}

/**
 * The file without some of its tests: with them go the groups and loops that held nothing else, and the imports, fixtures and
 * declarations that nothing else uses. undefined: one of them cannot be taken out without other code.
 */
export function removeTests({ parsed, tests, dropped, before, withOrphans }: Removal): string | undefined {
  if (dropped.size === 0) return parsed.text;
  const { text, root } = parsed;
  const statements = new Set([...dropped].map((test) => outermost(test, tests, dropped)));
  const parents = parentsOf(root);
  const spans: LineSpan[] = [];
  for (const statement of statements) {
    if (statement === undefined) return undefined;
    const span = linesOf(text, statement, parents.get(statement)?.children ?? []);
    if (span === undefined) return undefined;
    spans.push(span);
  }
  if (withOrphans) spans.push(...findOrphans({ parsed, removed: spans, before }));
  return withoutLines(text, mergeSpans(spans));
}

/** The largest statement that holds no other test but dropped ones. */
function outermost(
  test: TestNode,
  tests: readonly TestNode[],
  dropped: ReadonlySet<TestNode>,
): SyntaxNode | undefined {
  return test.statements.find((statement) =>
    tests.every((other) => dropped.has(other) || !holds(statement, other.node)),
  );
}

function parentsOf(root: SyntaxNode): ReadonlyMap<SyntaxNode, SyntaxNode> {
  const parents = new Map<SyntaxNode, SyntaxNode>();
  for (const node of nodesOf(root))
    if (containers.has(node.type)) for (const child of node.children) parents.set(child, node);
  return parents;
}

function mergeSpans(spans: readonly LineSpan[]): readonly LineSpan[] {
  return spans.filter(
    (span, index) =>
      !spans.some(
        (other, at) =>
          at !== index &&
          other.start <= span.start &&
          span.end <= other.end &&
          (at < index || other.end - other.start > span.end - span.start),
      ),
  );
}
