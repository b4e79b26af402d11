import type { ParsedTests, TestNode } from '../findTestNodes.ts';
import { normaliseTest } from '../normaliseTest.ts';
import { findForbidden, type HygieneFinding } from './findForbidden.ts';
import { findVacuous } from './findVacuous.ts';
import { importedNames } from './importedNames.ts';

/**
 * Why tests of a file may not be kept, on the syntax tree alone: nothing runs. `existing` are the other tests of the project
 * that are known, with their file.
 */
export function judgeHygiene(
  parsed: ParsedTests,
  tests: readonly TestNode[],
  candidates: ReadonlySet<TestNode>,
  existing: readonly ExistingTests[],
): ReadonlyMap<TestNode, HygieneFinding> {
  const names = importedNames(parsed);
  const bodies = new Map<string, string>(
    existing.flatMap((file) =>
      file.tests.map(
        (test) => [normaliseTest(file.parsed, test).body, `${test.name} of ${file.path}`] as const,
      ),
    ),
  );
  const found = new Map<TestNode, HygieneFinding>();
  // What is there already comes before what is new, wherever it stands.
  const known = tests.filter((test) => !candidates.has(test));
  for (const test of known) bodies.set(normaliseTest(parsed, test).body, test.name);
  for (const test of tests) {
    if (!candidates.has(test)) continue;
    const { body } = normaliseTest(parsed, test);
    const same = bodies.get(body);
    const finding: HygieneFinding | undefined =
      same === undefined
        ? (findVacuous(parsed, test, names) ?? findForbidden(parsed, test, names))
        : { kind: 'duplicate', start: test.node.start, reason: `does the same as the test "${same}"` };
    if (finding !== undefined) found.set(test, finding);
    else bodies.set(body, test.name);
  }
  return found;
}

export interface ExistingTests {
  readonly path: string;
  readonly parsed: ParsedTests;
  readonly tests: readonly TestNode[];
}
