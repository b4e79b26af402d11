import type { FileCoverage, TestRunOutcome } from '../../../protocol/tests.ts';
import { countTests, describeNotRun } from '../../../protocol/tests.ts';
import { runnerOfTestFile } from '../../testing/runners/runnerList.ts';
import { expandVariables } from '../../triggers/expandVariables.ts';
import {
  asksNothing,
  judgeCoverage,
  type CoverageDemand,
  type CoverageVerdict,
} from '../../testing/coverage/judgeCoverage.ts';
import { mergeCoverage } from '../../testing/coverage/mergeCoverage.ts';
import { countPassing } from '../countPassing.ts';
import { compareWithBest } from '../coverageBook.ts';
import { planTestRuns, type PlannedRuns } from '../planTestRuns.ts';
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
  { plans, notRun }: PlannedRuns,
  { where }: CommandPlace,
): Promise<ActionResult> {
  const { action, attempt, signal } = scope;
  const demand = demandOf(action);
  const wantsCoverage = !asksNothing(demand);
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
    if (result.coverage !== undefined) coverage = mergeCoverage([coverage ?? [], result.coverage]);
    const { outcome } = result;
    if (outcome.kind !== 'finished') return unfinished(outcome, output);
    const counts = countTests(outcome.tests);
    passed += counts.passed;
    failed += counts.failed;
    output += failuresOf(outcome);
  }
  if (failed > 0)
    return failedAction('tests.red', `${failed} of ${passed + failed} tests failed.`, { output });
  const lacking = notRun.find(({ why }) => why === 'noProgram');
  if (lacking !== undefined)
    return failedAction('tests.no-runner', `${countPassing(passed)}. ${describeNotRun(lacking)}`, { output });
  const verdict = wantsCoverage ? await judge(scope, demand, where, coverage) : undefined;
  const farther = plans.reduce((sum, { plan }) => sum + plan.farther, 0);
  const left = farther === 0 || action.target !== undefined ? [] : [describeLeft(farther)];
  const message = [`${countPassing(passed)}.`, ...(verdict ? [verdict.message] : []), ...left].join(' ');
  if (verdict === undefined) return succeeded(message, { output: message });
  const { level, findings } = verdict;
  const code = findings.find(({ severity }) => severity === 'error')?.code ?? 'tests.coverage-low';
  return level === 'failure'
    ? failedAction(code, message, { output: message, findings })
    : succeeded(message, { output: message, findings });
}

function describeLeft(farther: number): string {
  return `${farther} more test ${farther === 1 ? 'file' : 'files'} that it can affect ${farther === 1 ? 'was' : 'were'} left; \`target: all\` runs them.`;
}

function demandOf({ minCoverage, failUnder, switches }: ActionScope['action']): CoverageDemand {
  const { ratchet, showMissing, skipCovered } = switches;
  return { minCoverage, failUnder, ratchet, showMissing, skipCovered };
}

/** What is measured in the copy is compared and not kept: nobody has accepted it yet. */
async function judge(
  scope: ActionScope,
  demand: CoverageDemand,
  where: CommandPlace['where'],
  coverage: readonly FileCoverage[] | undefined,
): Promise<CoverageVerdict> {
  const { deps, root, file, signal } = scope;
  const measured = { coverage, files: [file] };
  if (coverage === undefined || !demand.ratchet) return judgeCoverage(demand, measured);
  const read = async (path: string): Promise<string | undefined> => {
    if (where.kind === 'scratch') return where.tree.read(path);
    const found = await deps.files.read(root, path, signal);
    return found.kind === 'text' ? found.text : undefined;
  };
  const wanted = wantedPaths(scope);
  const tests = wanted.length === 0 ? 'all' : `tests of ${wanted.join(', ')}`;
  const compared = await compareWithBest(deps, { root, scope: tests, coverage, read }, signal);
  const verdict = judgeCoverage(demand, { ...measured, ...compared });
  if (where.kind !== 'scratch') await compared.keep();
  return verdict;
}

function unfinished(
  outcome: Exclude<TestRunOutcome, { readonly kind: 'finished' }>,
  output: string,
): ActionResult {
  switch (outcome.kind) {
    case 'cancelled':
      return cancelledAction;
    case 'notConfined':
      return refusedAction(outcome.code ?? 'sandbox.unavailable', outcome.message);
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
  const red = tests.filter(({ status, failure }) => failure !== undefined && status !== 'flaky');
  return red
    .slice(0, maxFailures)
    .map(({ suites, name, path, failure }) => {
      const at = path === undefined ? '' : ` (${path})`;
      return `${[...suites, name].join(' > ')}${at}\n${failure?.detail ?? failure?.message ?? ''}\n`;
    })
    .join('\n');
}
