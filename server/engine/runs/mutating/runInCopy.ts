import type { ConfinementStatus } from '../../ports/processes.ts';
import type { ScratchTree } from '../../ports/scratch.ts';
import type { Terminal } from '../../ports/terminal.ts';
import type { CoverageWish } from '../../testing/runners/runner.ts';
import { runTests, type TestRunResult } from '../../testing/runTests.ts';
import { placeOf, scratchPlace } from '../testFiles.ts';
import type { CopyLayer, MutationScope, MutationSubject } from './mutationTypes.ts';

export interface CopyRun {
  readonly tree: ScratchTree;
  readonly confinement: ConfinementStatus;
  readonly plan: MutationSubject['plan'];
  /** Texts that are laid over the copy, the later ones over the earlier ones. */
  readonly layers: readonly CopyLayer[];
  readonly files: readonly string[];
  readonly ids: readonly string[];
  readonly coverage?: CoverageWish;
  readonly failFast: boolean;
  readonly timeoutMs: number;
}

const never = new AbortController().signal;

/** Hundreds of runs are nothing that a person could follow in a terminal. */
const unseen: Terminal = {
  open: () => ({ write: () => undefined, close: () => undefined, stopped: never }),
};

/** Runs tests in a copy that is as the run began but for the layers. Nothing of it is journaled. */
export async function runInCopy(
  { deps, root, recorder }: MutationScope,
  { tree, confinement, plan, layers, files, ids, coverage = 'none', failFast, timeoutMs }: CopyRun,
  signal: AbortSignal,
): Promise<TestRunResult> {
  await tree.reset();
  for (const layer of layers) for (const [path, text] of layer) await tree.write(path, text);
  if (signal.aborted) return { outcome: { kind: 'cancelled' } };
  return runTests(
    {
      processes: deps.processes,
      reports: deps.reports,
      terminal: unseen,
      run: recorder.run,
      title: 'Mutants',
      runner: plan.runner,
      program: plan.program,
      files,
      ids,
      coverage,
      failFast,
      timeoutMs,
      source: { files: plan.files, read: (path) => tree.read(path) },
      place: placeOf(root, plan, scratchPlace(tree, confinement)),
    },
    signal,
  );
}
