import type { FileCoverage, TestRunOutcome } from '../../../protocol/tests.ts';
import { countTests } from '../../../protocol/tests.ts';
import { runnerOfTestFile } from '../../testing/runners/runnerList.ts';
import { expandVariables } from '../../triggers/expandVariables.ts';
import { countPassing } from '../countPassing.ts';
import { planTestRuns, type PlannedFiles } from '../planTestRuns.ts';
import { testFiles } from '../testFiles.ts';
import {
  cancelledAction,
  failedAction,
  refusedAction,
  succeeded,
  type ActionResult,
} from './actionResult.ts';
import type { ActionScope } from './actionScope.ts';
import { placeCommand, type CommandPlace } from './commandPlace.ts';
import { judgeCoverage } from './judgeCoverage.ts';

/** Runs the tests that concern the file, those that `target` names, or all. */
export async function performTest(scope: ActionScope): Promise<ActionResult> {
  const { action, copy, key, attempt, recorder } = scope;
  const place = await placeCommand(scope, action, copy);
  if ('result' in place) return place;
  await recorder.record({
    type: 'action.started',
    action: key,
    kind: action.type,
    attempt,
    command: '',
    place: place.place,
    confined: place.where.confined,
    idempotent: action.switches.idempotent,
  });
  const plans = await planTestRuns(scope, wantedPaths(scope));
  if ('message' in plans)
    return plans.isMissing ? failedAction('tests.no-runner', plans.message) : succeeded(plans.message);
  const work = async (): Promise<ActionResult> => ({
    ...(await runPlans(scope, plans, place)),
    place: place.place,
  });
  return place.place === 'copy' ? copy.exclusively(work) : work();
}

/** Test files, or sources whose tests are meant; empty: all. */
function wantedPaths({ action, file, variables, copy }: ActionScope): readonly string[] {
  if (action.target === 'all') return [];
  if (action.target !== undefined) return [expandVariables(action.target, variables)];
  return [file, ...copy.editedPaths.filter((path) => runnerOfTestFile(path) !== undefined)];
}

async function runPlans(
  scope: ActionScope,
  plans: readonly PlannedFiles[],
  { where }: CommandPlace,
): Promise<ActionResult> {
  const { action, attempt, signal } = scope;
  const wantsCoverage =
    action.minCoverage !== undefined || action.failUnder !== undefined || action.switches.showMissing;
  let coverage: readonly FileCoverage[] | undefined;
  let [passed, failed, output] = [0, 0, ''];
  for (const { plan, files } of plans) {
    if (signal.aborted) return cancelledAction;
    const phase = where.kind === 'scratch' ? 'proof' : 'user';
    const result = await testFiles(scope, {
      phase,
      attempt,
      plan,
      files,
      ids: [],
      coverage: wantsCoverage ? 'lines' : 'none',
      where,
    });
    if (result.coverage !== undefined) coverage = [...(coverage ?? []), ...result.coverage];
    const { outcome } = result;
    if (outcome.kind !== 'finished') return unfinished(outcome, output);
    const counts = countTests(outcome.tests);
    passed += counts.passed;
    failed += counts.failed;
    output += failuresOf(outcome);
  }
  if (failed > 0)
    return failedAction('tests.red', `${failed} of ${passed + failed} tests failed.`, { output });
  const verdict = wantsCoverage ? judgeCoverage(action, scope.file, coverage) : undefined;
  const message = [`${countPassing(passed)}.`, ...(verdict ? [verdict.message] : [])].join(' ');
  return verdict?.isLow === true
    ? failedAction('tests.coverage-low', message, { output: message })
    : succeeded(message, { output: message });
}

function unfinished(
  outcome: Exclude<TestRunOutcome, { readonly kind: 'finished' }>,
  output: string,
): ActionResult {
  switch (outcome.kind) {
    case 'cancelled':
      return cancelledAction;
    case 'notConfined':
      return refusedAction('sandbox.unavailable', outcome.message);
    case 'noReport':
      return failedAction('tests.noReport', outcome.message, { output: output + outcome.output });
    case 'noTests':
    case 'runnerMissing':
    case 'timedOut':
      return failedAction(`tests.${outcome.kind}`, outcome.message, { output });
  }
}

const maxFailures = 20;

/** What failed, for the actions that follow. */
function failuresOf({ tests }: Extract<TestRunOutcome, { readonly kind: 'finished' }>): string {
  const red = tests.filter(({ failure }) => failure !== undefined);
  return red
    .slice(0, maxFailures)
    .map(({ suites, name, path, failure }) => {
      const at = path === undefined ? '' : ` (${path})`;
      return `${[...suites, name].join(' > ')}${at}\n${failure?.detail ?? failure?.message ?? ''}\n`;
    })
    .join('\n');
}
