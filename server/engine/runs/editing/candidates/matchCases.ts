import { createLineMap } from '../../../documents/lineMap.ts';
import type { ParsedTests, TestNode } from '../../../generation/candidates/findTestNodes.ts';
import type { TestCase } from '../../../../protocol/tests.ts';

/** How a test of the source ended: all cases that it stands for. */
export interface TestEnd {
  readonly kind: 'passed' | 'failed' | 'skipped' | 'missing';
  readonly cases: readonly TestCase[];
}

export interface MatchedCases {
  readonly ends: ReadonlyMap<TestNode, TestEnd>;
  /** Of no test of the source, such as a file that could not be loaded. */
  readonly others: readonly TestCase[];
}

/** Which test of a text each case of a report is one of: by names, or by the line where a name is made when it runs. */
export function matchCases(
  { text }: Pick<ParsedTests, 'text'>,
  tests: readonly TestNode[],
  cases: readonly TestCase[],
): MatchedCases {
  const lines = createLineMap(text);
  const spans = tests.map(({ node }) => ({
    first: lines.positionAt(node.start).line,
    last: lines.positionAt(node.end).line,
  }));
  const found = new Map<TestNode, TestCase[]>();
  const others: TestCase[] = [];
  for (const each of cases) {
    const isAtLine = (index: number): boolean => {
      const span = spans[index];
      return (
        each.line !== undefined && span !== undefined && span.first <= each.line && each.line <= span.last
      );
    };
    const named = tests.flatMap((test, index) => (isNamed(test, each) ? [index] : []));
    const at =
      named.length > 1
        ? (named.find(isAtLine) ?? named[0])
        : (named[0] ?? tests.findIndex((_, index) => isAtLine(index)));
    const test = at === undefined ? undefined : tests[at];
    if (test === undefined) others.push(each);
    else found.set(test, [...(found.get(test) ?? []), each]);
  }
  return { ends: new Map(tests.map((test) => [test, endOf(found.get(test) ?? [])])), others };
}

function isNamed({ suites, name }: TestNode, each: TestCase): boolean {
  const wanted = [...suites, name];
  const given = [...each.suites, each.name];
  return wanted.every((part, index) => bare(given[index] ?? '') === bare(part));
}

/** Without what tells the cases of a table apart. */
function bare(name: string): string {
  return name
    .replace(/\[.*\]$/su, '')
    .replace(/#\d+$/u, '')
    .trim();
}

function endOf(cases: readonly TestCase[]): TestEnd {
  if (cases.length === 0) return { kind: 'missing', cases };
  if (cases.some(({ status }) => status === 'failed' || status === 'errored'))
    return { kind: 'failed', cases };
  return { kind: cases.some(({ status }) => status === 'passed') ? 'passed' : 'skipped', cases };
}
