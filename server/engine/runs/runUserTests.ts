import type { RunTestsRequest, TestsResult } from '../engine.ts';
import { recordRun, type RunRecorder } from '../journal/recordRun.ts';
import { countTests, describeNotRun, type TestsNotRun } from '../../protocol/tests.ts';
import type { Settings } from '../settings.ts';
import { judgeCoverage } from '../testing/coverage/judgeCoverage.ts';
import { mergeCoverage } from '../testing/coverage/mergeCoverage.ts';
import { runnerOfTestFile } from '../testing/runners/runnerList.ts';
import { countPassing } from './countPassing.ts';
import { compareWithBest } from './coverageBook.ts';
import { finishRun } from './executeRun.ts';
import type { OpenRun } from './openRuns.ts';
import { debuggedProcesses, debuggedRunner } from './debuggedProcesses.ts';
import { keepTestLines } from './keptTestLines.ts';
import type { LastCoverage } from './lastCoverage.ts';
import { readNamedReports } from './namedReports.ts';
import { planTestRuns } from './planTestRuns.ts';
import type { TestPlan } from './planTests.ts';
import { cancelled, failed, refused, type RunEnd } from './runScope.ts';
import type { RunStarter } from './startRun.ts';
import { testFiles } from './testFiles.ts';

export interface UserTestParts extends Pick<RunStarter, 'deps' | 'journal' | 'ledger'> {
  readonly settings: Settings;
  readonly coverage: LastCoverage;
}

/** Tests that a person asked for: as the person's own command, in the person's own tree. Never rejects. */
export async function runUserTests(
  parts: UserTestParts,
  open: OpenRun,
  request: RunTestsRequest,
): Promise<TestsResult> {
  const { deps, ledger, journal } = parts;
  const { root, run } = open;
  let recorder: RunRecorder;
  try {
    recorder = recordRun({ root, writer: await journal.open(root, run), ledger, clock: deps.clock });
  } catch (error) {
    const message = `The journal of this run cannot be written: ${error instanceof Error ? error.message : String(error)}`;
    return { run, outcome: { kind: 'noReport', message, output: '' } };
  }
  open.recorder = recorder;
  const scope: UserTestScope = { ...parts, root, recorder, signal: open.abort.signal };
  const result = await carryOut(scope, request)
    .then((carried) => judgeRun(scope, request, carried))
    .catch((error: unknown): Carried => {
      deps.log.error(`Test run ${run} failed: ${String(error)}`);
      return {
        outcome: {
          kind: 'noReport',
          message: `Codegen Lab failed inside this run: ${String(error)}`,
          output: '',
        },
      };
    });
  if (result.coverage !== undefined)
    parts.coverage.note(root, { run, files: result.coverage, perTest: result.perTest ?? [] });
  await finishRun({ recorder, deps }, deps.consent.isTrusted(root) ? endOf(result) : notTrusted);
  return { run, ...result };
}

const notTrusted = refused(
  'trust.missing',
  'This workspace is not trusted, so its tests do not run. Trust it first (--trust on the command line).',
);

type Carried = Omit<TestsResult, 'run'>;

interface UserTestScope extends UserTestParts {
  readonly root: string;
  readonly recorder: RunRecorder;
  readonly signal: AbortSignal;
}

async function carryOut(scope: UserTestScope, request: RunTestsRequest): Promise<Carried> {
  const { root, settings, deps, recorder, signal } = scope;
  await recorder.record({
    type: 'run.started',
    rule: '',
    ruleId: '',
    ruleHash: '',
    action: 'test',
    file: request.paths[0] ?? '.',
    fileDigest: '',
    cause: { event: 'manual', origin: 'user', depth: 0 },
    budget: { usd: 0, tokens: 0, seconds: settings.tests.timeoutSeconds, attempts: 1 },
    approval: settings.approval,
  });
  if (!deps.consent.isTrusted(root)) {
    return { outcome: { kind: 'runnerMissing', message: notTrusted.message } };
  }
  const { runner } = request;
  const tests = runner === undefined ? settings.tests : { ...settings.tests, runner: { '**': runner } };
  const plans = await planTestRuns({ ...scope, settings: { ...settings, tests } }, request.paths);
  if ('message' in plans) return { outcome: { kind: 'runnerMissing', message: plans.message } };
  const results: Carried[] = [];
  for (const { plan, files } of plans.plans) {
    if (signal.aborted) return { outcome: { kind: 'cancelled' } };
    const order = {
      phase: 'user',
      attempt: 0,
      plan: request.debug === true ? { ...plan, runner: debuggedRunner(plan.runner) } : plan,
      files,
      ids: request.ids,
      coverage: request.coverage || request.demand !== undefined ? 'perTest' : 'none',
      ...(request.seed === undefined ? {} : { seed: request.seed }),
      retries: request.debug === true ? 0 : (request.retries ?? settings.tests.retries ?? 0),
    } as const;
    const place = request.debug === true ? debuggedScope(scope, plan) : scope;
    if (place === undefined) return { outcome: { kind: 'runnerMissing', message: noDebugger } };
    const result = await testFiles(place, { ...order, where: { kind: 'inPlace', confined: false } });
    results.push({ ...result, runner: plan.runner.id });
  }
  const { notRun } = plans;
  return { ...joined(results), ...(notRun.length === 0 ? {} : { notRun }) };
}

/** Judges green runs alone: what red tests did not reach is no news. Those of all tests are kept for the trend. */
async function judgeRun(scope: UserTestScope, request: RunTestsRequest, ran: Carried): Promise<Carried> {
  const named = await readNamedReports(scope, ran.outcome.kind === 'finished' ? (request.reports ?? []) : []);
  if (named.problems.length > 0)
    return { ...ran, outcome: { kind: 'noReport', message: named.problems.join(' '), output: '' } };
  const carried =
    named.coverage === undefined
      ? ran
      : { ...ran, coverage: mergeCoverage([ran.coverage ?? [], named.coverage]) };
  const { outcome, coverage } = carried;
  const { demand, paths, ids } = request;
  const isLacking = lacking(ran) !== undefined;
  if (
    coverage !== undefined &&
    carried.perTest !== undefined &&
    !isLacking &&
    [...paths, ...ids].length === 0
  )
    await keepTestLines(scope, { coverage, perTest: carried.perTest }, scope.signal);
  const isGreen = outcome.kind === 'finished' && countTests(outcome.tests).failed === 0 && !isLacking;
  if (!isGreen || request.debug === true || (coverage === undefined && demand === undefined)) return carried;
  const { deps, root, signal } = scope;
  const files = (coverage ?? [])
    .map(({ path }) => path)
    .filter((path) => runnerOfTestFile(path) === undefined);
  if (coverage === undefined)
    return demand === undefined
      ? carried
      : { ...carried, verdict: judgeCoverage(demand, { coverage, files }) };
  const read = async (path: string): Promise<string | undefined> => {
    const found = await deps.files.read(root, path, signal);
    return found.kind === 'text' ? found.text : undefined;
  };
  const scopeName = [...paths, ...ids].length === 0 ? 'all' : `tests of ${[...paths, ...ids].join(', ')}`;
  const compared = await compareWithBest(deps, { root, scope: scopeName, coverage, read }, signal);
  const verdict = demand && judgeCoverage(demand, { coverage, files, ...compared });
  await compared.keep();
  return { ...carried, trend: compared.trend, ...(verdict === undefined ? {} : { verdict }) };
}

const noDebugger = 'There is no debugger here: tests are debugged in an editor.';

/** The same with processes that a debugger of the editor holds; undefined: there is none. */
function debuggedScope(scope: UserTestScope, plan: TestPlan): UserTestScope | undefined {
  const { deps, root, recorder } = scope;
  const { debugger: held, processes, clock } = deps;
  if (held === undefined) return undefined;
  const { language } = plan.runner;
  const parts = { debugger: held, processes, run: recorder.run, root, language, now: () => clock.now() };
  return { ...scope, deps: { ...deps, processes: debuggedProcesses(parts) } };
}

/** Several runners as one result; the first that did not finish is what must be said. */
function joined(results: readonly Carried[]): Carried {
  const [first] = results;
  if (!first || results.length === 1)
    return first ?? { outcome: { kind: 'noTests', message: 'There was no test to run.' } };
  const coverage = mergeCoverage(results.map((result) => result.coverage ?? []));
  const perTest = results.flatMap((result) => result.perTest ?? []);
  const measured = {
    ...(coverage.length > 0 ? { coverage } : {}),
    ...(perTest.length > 0 ? { perTest } : {}),
  };
  const unfinished = results.find((result) => result.outcome.kind !== 'finished');
  if (unfinished) return { ...unfinished, ...measured };
  const finished = results.flatMap(({ outcome }) => (outcome.kind === 'finished' ? [outcome] : []));
  return {
    outcome: {
      kind: 'finished',
      tests: finished.flatMap(({ tests }) => tests),
      ms: finished.reduce((sum, { ms }) => sum + ms, 0),
    },
    runner: results.map((result) => result.runner ?? '').join(', '),
    ...measured,
  };
}

function endOf({ outcome, verdict, notRun = [] }: Carried): RunEnd {
  if (outcome.kind === 'cancelled') return cancelled;
  if (outcome.kind === 'notConfined') return refused(outcome.code ?? 'sandbox.unavailable', outcome.message);
  if (outcome.kind !== 'finished') return failed(`tests.${outcome.kind}`, outcome.message);
  const { passed, failed: red } = countTests(outcome.tests);
  const notes = notRun.map((each) => ` ${describeNotRun(each)}`).join('');
  if (red > 0) return failed('tests.red', `${red} of ${passed + red} tests failed.${notes}`);
  if (lacking({ notRun }) !== undefined)
    return failed('tests.runnerMissing', `${countPassing(passed)}.${notes}`);
  if (verdict?.level === 'failure') return failed('tests.coverage-low', verdict.message);
  return { outcome: 'unchanged', code: 'ok', message: `${countPassing(passed)}.${notes}` };
}

/** What keeps a run from being green whatever the other tests say. */
function lacking({ notRun = [] }: Pick<Carried, 'notRun'>): TestsNotRun | undefined {
  return notRun.find(({ why }) => why === 'noProgram');
}
