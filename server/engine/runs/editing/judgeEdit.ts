import { countTests, type TestCase } from '../../../protocol/tests.ts';
import { countPassing } from '../countPassing.ts';
import { isRed, judgeOutcome, type Proof, type Verdict } from './judgeProof.ts';

/** Of an edit that has to leave the tests as green as they were: what passed passes, and nothing new is red. */
export function judgeKept(proof: Proof): Verdict {
  return judgeOutcome(proof, (tests, { baseline }) => {
    const redBefore = idsOf(baseline.filter(isRed));
    const failed = tests.filter((test) => isRed(test) && !redBefore.has(test.id));
    if (failed.length > 0) return red(failed, tests);
    return judgeMissing(tests, baseline) ?? proven(tests, baseline, 'as green as before');
  });
}

/** Of an edit that mends: everything is green, what failed before has run and passed, and nothing is gone. */
export function judgeMended(proof: Proof): Verdict {
  return judgeOutcome(proof, (tests, { baseline }) => {
    const failed = tests.filter(isRed);
    if (failed.length > 0) return red(failed, tests);
    const missing = judgeMissing(tests, baseline) ?? judgeUnproven(tests, baseline);
    if (missing !== undefined) return missing;
    const passed = countTests(tests).passed;
    if (passed === 0)
      return { kind: 'red', failed: [], message: 'No test ran and passed, so nothing is proven.' };
    return proven(tests, baseline, mended(baseline.filter(isRed).length));
  });
}

function red(failed: readonly TestCase[], tests: readonly TestCase[]): Verdict {
  return { kind: 'red', failed, message: `${failed.length} of ${tests.length} tests failed.` };
}

function mended(count: number): string {
  if (count === 0) return 'green';
  return count === 1 ? '1 test that failed passes now' : `${count} tests that failed pass now`;
}

function proven(tests: readonly TestCase[], baseline: readonly TestCase[], what: string): Verdict {
  const [before, after] = [countTests(baseline), countTests(tests)];
  const counts = `${before.passed} passed and ${before.failed} failed before, ${after.passed} and ${after.failed} now`;
  const first = what === 'as green as before' ? `${countPassing(after.passed)}, ${what}` : what;
  return { kind: 'proven', summary: `${first[0]?.toUpperCase() ?? ''}${first.slice(1)} (${counts}).` };
}

/** What passed before has to run still: code may switch its own tests off. */
function judgeMissing(tests: readonly TestCase[], baseline: readonly TestCase[]): Verdict | undefined {
  const ran = idsOf(tests.filter(({ status }) => status !== 'skipped'));
  const lost = baseline.filter(({ id, status }) => status === 'passed' && !ran.has(id));
  if (lost.length === 0) return undefined;
  const message = `These tests passed before and do not run any more: ${namesOf(lost)}. Every test has to run as before.`;
  return { kind: 'red', failed: [], message };
}

/** What was red has to have passed. A file that could not be loaded stands for tests that nobody knew the names of. */
function judgeUnproven(tests: readonly TestCase[], baseline: readonly TestCase[]): Verdict | undefined {
  const known = idsOf(baseline);
  const passed = tests.filter(({ status }) => status === 'passed');
  const passing = idsOf(passed);
  const isShown = (test: TestCase): boolean => {
    if (passing.has(test.id)) return true;
    const isThere = tests.some(({ id }) => id === test.id);
    return !isThere && passed.some(({ id, path }) => !known.has(id) && path === test.path);
  };
  const open = baseline.filter((test) => isRed(test) && !isShown(test));
  if (open.length === 0) return undefined;
  const message = `These tests failed before and do not run any more: ${namesOf(open)}. They have to run and pass.`;
  return { kind: 'red', failed: [], message };
}

function idsOf(tests: readonly TestCase[]): ReadonlySet<string> {
  return new Set(tests.map(({ id }) => id));
}

const maxNames = 20;

function namesOf(tests: readonly TestCase[]): string {
  const names = tests.slice(0, maxNames).map(({ name }) => name);
  return tests.length > maxNames
    ? `${names.join(', ')} and ${tests.length - maxNames} more`
    : names.join(', ');
}
