import type { TestCase } from '../../protocol/tests.ts';
import type { TestRunResult } from '../testing/runTests.ts';
import { isRed } from './editing/judgeProof.ts';

/** What is run once more: tests by their ids, or whole files where one could not be loaded. */
export interface RetryOrder {
  readonly files: readonly string[];
  readonly ids: readonly string[];
}

/** So many red tests are a broken build, not chance. */
const maxRetried = 50;

/**
 * Runs the red tests of a run again, on the same text, up to `times` times, and tells those that pass then as flaky. All else
 * stays what the first run found. Stops at once when a retry does not finish.
 */
export async function retryRed(
  first: TestRunResult,
  times: number,
  run: (order: RetryOrder) => Promise<TestRunResult>,
): Promise<TestRunResult> {
  let result = first;
  for (let time = 0; time < times; time += 1) {
    const order = orderOf(result);
    if (order === undefined) return result;
    const again = await run(order);
    if (again.outcome.kind !== 'finished') return result;
    result = merge(result, again.outcome.tests);
  }
  return result;
}

/** undefined: there is nothing to run again, or too much. */
function orderOf({ outcome }: TestRunResult): RetryOrder | undefined {
  const red = outcome.kind === 'finished' ? outcome.tests.filter(isRed) : [];
  const files = [...new Set(red.flatMap(({ path }) => path ?? []))];
  if (red.length === 0 || red.length > maxRetried || red.some(({ path }) => path === undefined))
    return undefined;
  const isByName = red.every(({ id }) => !id.endsWith('::'));
  return { files, ids: isByName ? red.map(({ id }) => id) : [] };
}

function merge(result: TestRunResult, again: readonly TestCase[]): TestRunResult {
  if (result.outcome.kind !== 'finished') return result;
  const known = new Set(result.outcome.tests.map(({ id }) => id));
  const tests = result.outcome.tests.map((test) =>
    isRed(test) && hasPassed(test, again) ? flaky(test) : test,
  );
  // A file that could be loaded at last has tests that nobody knew of.
  const fresh = again.filter(({ id }) => !known.has(id));
  return { ...result, outcome: { ...result.outcome, tests: [...tests, ...fresh] } };
}

/** What stands for a file or for hooks, not for a test, has passed when its file ran without it. */
function hasPassed({ id, path }: TestCase, again: readonly TestCase[]): boolean {
  const now = again.find((test) => test.id === id);
  if (now !== undefined) return now.status === 'passed' || now.status === 'flaky';
  return id.endsWith('::') && again.some((test) => test.path === path && test.status === 'passed');
}

function flaky(test: TestCase): TestCase {
  return { ...test, status: 'flaky' };
}
