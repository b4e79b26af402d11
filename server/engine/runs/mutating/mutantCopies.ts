import type { ConfinementStatus } from '../../ports/processes.ts';
import type { ScratchTree } from '../../ports/scratch.ts';
import { cancelled, failed, refused, type RunEnd } from '../runScope.ts';
import type { MutationScope } from './mutationTypes.ts';
import { createTreePool, type TreePool } from './treePool.ts';

/** Copies of the workspace in which mutants are tried side by side. */
export interface MutantCopies {
  readonly pool: TreePool;
  readonly confinement: ConfinementStatus;
  /** Deletes them. Never throws. */
  dispose(): Promise<void>;
}

interface CopiesScope {
  readonly deps: Pick<MutationScope['deps'], 'processes' | 'machine' | 'edits' | 'scratch'>;
  readonly recorder: Pick<MutationScope['recorder'], 'run'>;
}

/** What a test run takes at most, as a rule: a runner, the code, and what the tests load. */
const bytesPerCopy = 600 * 1024 ** 2;
const maxCopies = 8;

export interface CopiesWish {
  /** There is work for so many. */
  readonly wanted: number;
  /** A copy that is there already: it is used too, and stays. */
  readonly own?: ScratchTree;
}

/** As many copies as the machine can run tests in at once, and no more than there is work for. */
export async function openMutantCopies(
  { deps, root, recorder }: Pick<MutationScope, 'root'> & CopiesScope,
  { wanted, own }: CopiesWish,
  signal: AbortSignal,
): Promise<MutantCopies | RunEnd> {
  const confinement = await deps.processes.confinement(signal);
  // A mutant of code that guards a deletion deletes: nothing of it runs where it could reach the user's files.
  if (confinement.kind === 'unavailable')
    return refused(
      'sandbox.unavailable',
      `Mutants run only in a sandbox, and there is none here: ${confinement.reason} ${confinement.remedy}`,
    );
  const { cores, freeBytes } = deps.machine.capacity();
  const count = Math.max(1, Math.min(cores, maxCopies, wanted, Math.floor(freeBytes / bytesPerCopy)));
  const request = {
    run: recorder.run,
    root,
    unsaved: deps.edits.unsaved(root),
    dependencies: confinement.mountsTree ? ('mounted' as const) : ('linked' as const),
  };
  const missing = count - (own === undefined ? 0 : 1);
  const made = await Promise.all(Array.from({ length: missing }, () => deps.scratch.create(request, signal)));
  const trees = made.flatMap((each) => (each.kind === 'ready' ? [each.tree] : []));
  const dispose = async (): Promise<void> => {
    await Promise.all(trees.map((tree) => tree.dispose()));
  };
  const broken = made.find((each) => each.kind === 'failed');
  const all = own === undefined ? trees : [own, ...trees];
  if (trees.length === missing) return { pool: createTreePool(all), confinement, dispose };
  await dispose();
  return broken === undefined ? cancelled : failed('scratch.failed', broken.message);
}
