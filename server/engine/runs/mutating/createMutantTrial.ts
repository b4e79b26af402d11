import type { Mutant, MutantFate } from '../../../protocol/mutants.ts';
import { applyMutant } from '../../testing/mutation/applyMutant.ts';
import type { ScratchTree } from '../../ports/scratch.ts';
import { cancelled, failed, refused, type RunEnd } from '../runScope.ts';
import { coveringTests, isOnLines } from './coveringTests.ts';
import { judgeGroup, unaskedVerdicts, type GroupRun } from './judgeGroup.ts';
import { isAlive, judgeFate, type MutationFault } from './judgeFate.ts';
import { readBaseline, type MutantBaseline, type UnmutatedRun } from './mutantBaseline.ts';
import type { MutantCopies } from './mutantCopies.ts';
import type {
  CopyLayer,
  MutantTests,
  MutantTrial,
  MutationLimits,
  MutationScope,
  MutationSubject,
} from './mutationTypes.ts';
import { runInCopy } from './runInCopy.ts';

export interface TrialParts {
  readonly subject: MutationSubject;
  /** In the order in which they are tried. */
  readonly mutants: readonly Mutant[];
  readonly existing: MutantTests;
  readonly limits: MutationLimits;
  readonly copies: MutantCopies;
  /** How the existing tests ended without a mutant; undefined: they run once more. */
  readonly unmutated?: UnmutatedRun;
}

/** The tests that judge, and what is laid over the copies for them. */
interface Jury {
  readonly tests: MutantTests;
  readonly layers: readonly CopyLayer[];
  readonly baseline: MutantBaseline;
  /** Every red test matters, not only whether there is one. */
  readonly readsAll?: boolean;
}

/** Asks tests about mutants in copies that it then owns. */
export function createMutantTrial(scope: MutationScope, parts: TrialParts): MutantTrial {
  const { subject, mutants, existing, limits, copies, unmutated } = parts;
  const known = new Map<string, MutantFate>();
  /** Ids of mutants whose turn came too late. */
  const late = new Set<string>();
  const deadline = scope.deps.clock.now() + limits.maxSeconds * 1_000;
  let baseline: Promise<MutantBaseline | RunEnd> | undefined;
  let run = 0;

  /** Once, in one copy: the others hold the same. */
  async function measure(
    tests: MutantTests,
    layers: readonly CopyLayer[],
    signal: AbortSignal,
  ): Promise<MutantBaseline | RunEnd> {
    const maxTimeoutMs = scope.settings.tests.timeoutSeconds * 1_000;
    const { files, ids } = tests;
    const { outcome, ms } = await copies.pool.use(async (tree) => {
      const started = scope.deps.clock.now();
      const run = await runInCopy(
        scope,
        { ...copies, ...subject, tree, layers, files, ids, failFast: false, timeoutMs: maxTimeoutMs },
        signal,
      );
      return { outcome: run.outcome, ms: scope.deps.clock.now() - started };
    });
    return baselineOf({ outcome, ms });
  }

  function baselineOf(run: UnmutatedRun): MutantBaseline | RunEnd {
    const maxTimeoutMs = scope.settings.tests.timeoutSeconds * 1_000;
    return readBaseline({ ...run, sideBySide: copies.pool.size, maxTimeoutMs });
  }

  async function tryMutant(
    mutant: Mutant,
    tree: ScratchTree,
    { tests, layers, baseline: { red, timeoutMs }, readsAll = false }: Jury,
    signal: AbortSignal,
  ): Promise<GroupRun> {
    const covering = coveringTests(mutant, tests);
    if (covering.kind === 'none') return { fate: { kind: 'noCoverage' }, outcome: undefined };
    const { files, ids } = covering;
    const mutated = new Map([[subject.path, applyMutant(subject.text, mutant)]]);
    const { outcome } = await runInCopy(
      scope,
      {
        ...copies,
        ...subject,
        tree,
        layers: [...layers, mutated],
        files,
        ids,
        // A test that is red anyway must not be what ends the run.
        failFast: red.size === 0 && !readsAll,
        timeoutMs,
      },
      signal,
    );
    return { fate: judgeFate(outcome, red), outcome };
  }

  async function tryAll(
    wanted: readonly Mutant[],
    jury: Jury,
    signal: AbortSignal,
  ): Promise<readonly GroupRun[] | RunEnd> {
    let fault: MutationFault | undefined;
    const work = async (mutant: Mutant, tree: ScratchTree): Promise<GroupRun> => {
      const isOver = fault !== undefined || signal.aborted || scope.deps.clock.now() >= deadline;
      if (isOver) return { fate: { kind: 'notRun' }, outcome: undefined };
      const tried = await tryMutant(mutant, tree, jury, signal);
      if (tried.fate.kind === 'fault') fault = tried.fate;
      return tried;
    };
    const runs = await Promise.all(wanted.map((mutant) => copies.pool.use((tree) => work(mutant, tree))));
    if (fault !== undefined) return endOf(fault);
    return signal.aborted ? cancelled : runs;
  }

  async function ask(wanted: readonly Mutant[], signal: AbortSignal): Promise<RunEnd | undefined> {
    const uncovered = wanted.filter((mutant) => coveringTests(mutant, existing).kind === 'none');
    for (const { id } of uncovered) known.set(id, { kind: 'noCoverage' });
    const left = wanted.filter(({ id }) => !known.has(id)).slice(0, Math.max(0, limits.maxMutants - run));
    if (left.length === 0) return undefined;
    baseline ??=
      unmutated === undefined
        ? measure(existing, [subject.layer], signal)
        : Promise.resolve(baselineOf(unmutated));
    const measured = await baseline;
    if ('outcome' in measured) {
      baseline = undefined;
      return measured;
    }
    run += left.length;
    const jury = { tests: existing, layers: [subject.layer], baseline: measured };
    const runs = await tryAll(left, jury, signal);
    if ('outcome' in runs) return runs;
    for (const [at, { id }] of left.entries()) {
      const fate = runs[at]?.fate;
      if (fate?.kind === 'notRun') late.add(id);
      else if (fate !== undefined && fate.kind !== 'fault') known.set(id, fate);
    }
    return undefined;
  }

  return {
    mutants,
    text: subject.text,
    async existing(lines, signal) {
      const wanted =
        lines === undefined ? mutants : mutants.filter((mutant) => touches(mutant, new Set(lines)));
      const end = await ask(wanted, signal);
      return end ?? wanted.map((mutant) => ({ mutant, fate: known.get(mutant.id) ?? { kind: 'notRun' } }));
    },
    async candidates(group, signal) {
      const near = mutants.filter((mutant) =>
        group.tests.some(({ coverage }) => coverage === undefined || isOnLines(mutant, coverage)),
      );
      const end = await ask(near, signal);
      if (end !== undefined) return end;
      const alive = near.filter(({ id }) => isAlive(known.get(id) ?? { kind: 'notRun' }));
      const unasked = near.filter(({ id }) => late.has(id) && !known.has(id));
      if (alive.length === 0) return unaskedVerdicts(group, unasked);
      const tests = { files: group.files, ids: [] };
      const layers = [subject.layer, group.together];
      const measured = await measure(tests, layers, signal);
      if ('outcome' in measured) return measured;
      const jury = { tests, layers, baseline: measured };
      let stopped: RunEnd | undefined;
      const judged = await judgeGroup({
        group,
        alive,
        late: unasked,
        together: async (wanted) => {
          const runs = await tryAll(wanted, { ...jury, readsAll: true }, signal);
          if (!('outcome' in runs)) return runs;
          stopped = runs;
          return [];
        },
        alone: async (test, mutant) => {
          const runs = await tryAll([mutant], { ...jury, layers: [subject.layer, test.alone] }, signal);
          if (!('outcome' in runs)) return runs[0]?.fate ?? { kind: 'notRun' };
          stopped = runs;
          return { kind: 'notRun' };
        },
      });
      if (stopped !== undefined) return stopped;
      return 'kind' in judged ? endOf(judged) : judged;
    },
    dispose: () => copies.dispose(),
  };
}

/** Whether one of the mutant's lines is among them. */
function touches({ line, statementLine }: Mutant, lines: ReadonlySet<number>): boolean {
  for (let at = statementLine; at <= line; at += 1) if (lines.has(at)) return true;
  return false;
}

function endOf({ code, message }: MutationFault): RunEnd {
  return code === 'sandbox.unavailable' ? refused(code, message) : failed(code, message);
}
