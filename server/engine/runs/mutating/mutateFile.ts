import type { MutateRequest, MutateResult } from '../../engine.ts';
import { recordRun, type RunRecorder } from '../../journal/recordRun.ts';
import { killedShare, mutationSentence, scoreMutants, type TestedMutant } from '../../../protocol/mutants.ts';
import type { Settings } from '../../settings.ts';
import { survivorFindings } from '../../testing/mutation/survivorFindings.ts';
import { finishRun } from '../executeRun.ts';
import type { OpenRun } from '../openRuns.ts';
import { planTests } from '../planTests.ts';
import { failed, refused, type RunEnd } from '../runScope.ts';
import type { RunStarter } from '../startRun.ts';
import type { TestRunScope } from '../testFiles.ts';
import { isAlive } from './judgeFate.ts';
import { openMutantTrial } from './openMutantTrial.ts';

export interface MutateParts extends Pick<RunStarter, 'deps' | 'journal' | 'ledger'> {
  readonly settings: Settings;
}

interface Mutated {
  readonly end: RunEnd;
  readonly tested: readonly TestedMutant[];
  /** The text that the mutants change; empty where it was not read. */
  readonly text: string;
}

const notTrusted = refused(
  'trust.missing',
  'This workspace is not trusted, so its tests do not run. Trust it first (--trust on the command line).',
);

/** Asks the tests of one file which of its mutants they kill, as a run of its own. Never rejects. */
export async function mutateFile(
  parts: MutateParts,
  open: OpenRun,
  request: MutateRequest,
): Promise<MutateResult> {
  const { deps, ledger, journal } = parts;
  const { root, run } = open;
  let recorder: RunRecorder;
  try {
    recorder = recordRun({ root, writer: await journal.open(root, run), ledger, clock: deps.clock });
  } catch (error) {
    const message = `The journal of this run cannot be written: ${messageOf(error)}`;
    return { run, end: failed('journal.failed', message), tested: [], text: '' };
  }
  open.recorder = recorder;
  const scope: TestRunScope = { ...parts, root, recorder, signal: open.abort.signal };
  const result = await carryOut(scope, request).catch((error: unknown): Mutated => {
    deps.log.error(`Run ${run} failed: ${messageOf(error)}`);
    const message = `Codegen Lab failed inside this run: ${messageOf(error)}. Your files are unchanged. See the log.`;
    return nothing(failed('internal.fault', message));
  });
  await finishRun({ recorder, deps }, result.end);
  return { run, ...result };
}

async function carryOut(scope: TestRunScope, request: MutateRequest): Promise<Mutated> {
  const { deps, root, settings, recorder, signal } = scope;
  const { path, lines, seed, maxMutants, maxPerFunction, maxSeconds } = request;
  await recorder.record({
    type: 'run.started',
    rule: '',
    ruleId: '',
    ruleHash: '',
    action: 'mutate',
    file: path,
    fileDigest: '',
    cause: { event: 'manual', origin: 'user', depth: 0 },
    budget: { usd: 0, tokens: 0, seconds: maxSeconds, attempts: 1 },
    approval: settings.approval,
  });
  if (!deps.consent.isTrusted(root)) return nothing(notTrusted);
  const text = await readText(scope, path);
  if (text === undefined) return nothing(failed('source.missing', `${path} is not there, or it is no text.`));
  const plan = await planTests({ deps, root, settings }, path, signal);
  if ('message' in plan) return nothing(failed('tests.no-runner', plan.message));
  if (plan.runner.isTestFile(path))
    return nothing(failed('mutation.none', `${path} is a test itself. Name the code that it tests.`));
  const files = request.tests.length > 0 ? request.tests : plan.concerned;
  if (files.length === 0)
    return nothing(failed('mutation.no-tests', `No test concerns ${path}. Name test files with --tests.`));
  const trial = await openMutantTrial(
    scope,
    {
      subject: { plan, path, text, layer: new Map() },
      ...(lines === undefined ? {} : { lines }),
      existing: { files, ids: [] },
      limits: { maxSeconds, maxMutants },
      sample: { seed, perFunction: maxPerFunction, max: maxMutants },
    },
    signal,
  );
  if ('outcome' in trial) return nothing(trial);
  try {
    const tested = await trial.existing(undefined, signal);
    if ('outcome' in tested) return nothing(tested);
    const survivors = tested.flatMap(({ mutant, fate }) => (isAlive(fate) ? [mutant] : []));
    await recorder.record({
      type: 'mutants.tested',
      path,
      score: scoreMutants(tested),
      survivors,
      findings: survivorFindings(path, text, tested),
    });
    return { end: endOf(path, tested), tested, text };
  } finally {
    await trial.dispose();
  }
}

function nothing(end: RunEnd): Mutated {
  return { end, tested: [], text: '' };
}

async function readText({ deps, root, signal }: TestRunScope, path: string): Promise<string | undefined> {
  const unsaved = deps.edits.unsaved(root).get(path);
  if (unsaved !== undefined) return unsaved;
  const read = await deps.files.read(root, path, signal);
  return read.kind === 'text' ? read.text : undefined;
}

function endOf(path: string, tested: readonly TestedMutant[]): RunEnd {
  if (tested.length === 0)
    return { outcome: 'unchanged', code: 'ok', message: `${path} has no mutants there.` };
  const score = scoreMutants(tested);
  if (killedShare(score) === undefined) return withoutScore(tested);
  return { outcome: 'unchanged', code: 'ok', message: mutationSentence(path, score) };
}

function withoutScore(tested: readonly TestedMutant[]): RunEnd {
  return tested.every(({ fate }) => fate.kind === 'notRun')
    ? failed(
        'mutation.no-time',
        'No mutant could be tried within the time. Allow more of it, or name fewer lines.',
      )
    : failed('mutation.none', 'None of the mutants builds, so that no test can be judged by them.');
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
