import type { Mutant, MutantFate, TestedMutant } from '../../../protocol/mutants.ts';
import { applyMutant } from '../../testing/mutation/applyMutant.ts';
import { cancelled, failed, refused, type RunEnd } from '../runScope.ts';
import { coveringTests, isOnLines } from './coveringTests.ts';
import { inCopies } from './inCopies.ts';
import { isAlive, judgeFate, type MutationFault } from './judgeFate.ts';
import { readBaseline, type MutantBaseline } from './mutantBaseline.ts';
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
}

/** The tests that judge, and what is laid over the copies for them. */
interface Jury {
  readonly tests: MutantTests;
  readonly layers: readonly CopyLayer[];
  readonly baseline: MutantBaseline;
}

/** Asks tests about mutants in copies that it then owns. */
export function createMutantTrial(scope: MutationScope, parts: TrialParts): MutantTrial {
  const { subject, mutants, existing, limits, copies } = parts;
  const known = new Map<string, MutantFate>();
  const deadline = scope.deps.clock.now() + limits.maxSeconds * 1_000;
  let baseline: Promise<MutantBaseline | RunEnd> | undefined;
  let run = 0;

  /** Of all copies at once, since mutants are tried in all of them at once: so long it takes when the machine is as busy. */
  async function measure(
    tests: MutantTests,
    layers: readonly CopyLayer[],
    signal: AbortSignal,
  ): Promise<MutantBaseline | RunEnd> {
    const maxTimeoutMs = scope.settings.tests.timeoutSeconds * 1_000;
    const { files, ids } = tests;
    const runs = await Promise.all(
      copies.trees.map(async (tree) => {
        const started = scope.deps.clock.now();
        const { outcome } = await runInCopy(
          scope,
          { ...copies, ...subject, tree, layers, files, ids, failFast: false, timeoutMs: maxTimeoutMs },
          signal,
        );
        return { outcome, ms: scope.deps.clock.now() - started };
      }),
    );
    return readBaseline(runs, maxTimeoutMs);
  }

  async function tryMutant(
    mutant: Mutant,
    tree: MutantCopies['trees'][number],
    { tests, layers, baseline: { red, timeoutMs } }: Jury,
    signal: AbortSignal,
  ): Promise<MutantFate | MutationFault> {
    const covering = coveringTests(mutant, tests);
    if (covering.kind === 'none') return { kind: 'noCoverage' };
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
        failFast: red.size === 0,
        timeoutMs,
      },
      signal,
    );
    return judgeFate(outcome, red);
  }

  async function tryAll(
    wanted: readonly Mutant[],
    jury: Jury,
    { signal, enough = Infinity }: { readonly signal: AbortSignal; readonly enough?: number },
  ): Promise<readonly TestedMutant[] | RunEnd> {
    let kills = 0;
    let fault: MutationFault | undefined;
    const fates = await inCopies(copies.trees, wanted, async (mutant, tree) => {
      const isOver =
        fault !== undefined || kills >= enough || signal.aborted || scope.deps.clock.now() >= deadline;
      if (isOver) return undefined;
      const fate = await tryMutant(mutant, tree, jury, signal);
      if (fate.kind === 'fault') {
        fault = fate;
        return undefined;
      }
      if (fate.kind === 'killed' || fate.kind === 'timedOut') kills += 1;
      return fate;
    });
    if (fault !== undefined) return endOf(fault);
    if (signal.aborted) return cancelled;
    return wanted.map((mutant, at) => ({ mutant, fate: fates[at] ?? { kind: 'notRun' } }));
  }

  async function ask(wanted: readonly Mutant[], signal: AbortSignal): Promise<RunEnd | undefined> {
    const uncovered = wanted.filter((mutant) => coveringTests(mutant, existing).kind === 'none');
    for (const { id } of uncovered) known.set(id, { kind: 'noCoverage' });
    const left = wanted.filter(({ id }) => !known.has(id)).slice(0, Math.max(0, limits.maxMutants - run));
    if (left.length === 0) return undefined;
    baseline ??= measure(existing, [subject.layer], signal);
    const measured = await baseline;
    if ('outcome' in measured) {
      baseline = undefined;
      return measured;
    }
    run += left.length;
    const tested = await tryAll(
      left,
      { tests: existing, layers: [subject.layer], baseline: measured },
      { signal },
    );
    if ('outcome' in tested) return tested;
    for (const { mutant, fate } of tested) if (fate.kind !== 'notRun') known.set(mutant.id, fate);
    return undefined;
  }

  return {
    mutants,
    async existing(lines, signal) {
      const wanted =
        lines === undefined ? mutants : mutants.filter((mutant) => touches(mutant, new Set(lines)));
      const end = await ask(wanted, signal);
      return end ?? wanted.map((mutant) => ({ mutant, fate: known.get(mutant.id) ?? { kind: 'notRun' } }));
    },
    async candidate({ files, tests, enough }, signal) {
      const { coverage } = tests;
      const near = coverage === undefined ? mutants : mutants.filter((mutant) => isOnLines(mutant, coverage));
      const end = await ask(near, signal);
      if (end !== undefined) return end;
      const alive = near.filter(({ id }) => isAlive(known.get(id) ?? { kind: 'notRun' }));
      if (alive.length === 0) return { tested: [], killed: [] };
      const layers = [subject.layer, files];
      const measured = await measure(tests, layers, signal);
      if ('outcome' in measured) return measured;
      const all = await tryAll(alive, { tests, layers, baseline: measured }, { signal, enough });
      if ('outcome' in all) return all;
      const tested = untilEnough(all, enough);
      return { tested, killed: tested.filter(isKill).map(({ mutant }) => mutant) };
    },
    dispose: () => copies.dispose(),
  };
}

/** Whether one of the mutant's lines is among them. */
function touches({ line, statementLine }: Mutant, lines: ReadonlySet<number>): boolean {
  for (let at = statementLine; at <= line; at += 1) if (lines.has(at)) return true;
  return false;
}

function isKill({ fate }: TestedMutant): boolean {
  return fate.kind === 'killed' || fate.kind === 'timedOut';
}

/** Up to the last kill that was asked for: what other copies did meanwhile depends on how fast they were. */
function untilEnough(tested: readonly TestedMutant[], enough: number): readonly TestedMutant[] {
  let kills = 0;
  const last = tested.findIndex((each) => isKill(each) && ++kills >= enough);
  return last < 0 ? tested : tested.slice(0, last + 1);
}

function endOf({ code, message }: MutationFault): RunEnd {
  return code === 'sandbox.unavailable' ? refused(code, message) : failed(code, message);
}
