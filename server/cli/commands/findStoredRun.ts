import { foldRun } from '../../engine/journal/foldRun.ts';
import type { StoredJournal } from '../../engine/ports/journal.ts';
import type { RunView } from '../../protocol/viewState.ts';
import type { CommandContext } from '../commandContext.ts';

/** A journal with what its events come to; undefined where it is foreign or does not begin with its start. */
export interface StoredRun {
  readonly journal: StoredJournal;
  readonly view: RunView | undefined;
}

const searchedRuns = 1_000;

/** The one run of the folder whose id begins so, or what is wrong with it. */
export async function findStoredRun(
  run: string,
  { journals, root }: Pick<CommandContext, 'journals' | 'root'>,
): Promise<StoredRun | { readonly problem: string }> {
  const stored = await journals.recent(root, searchedRuns);
  const [only, ...others] = stored.filter((journal) => journal.run.startsWith(run));
  if (!only) return { problem: `There is no run ${run} in ${root}; clctl log lists them.` };
  if (others.length > 0)
    return { problem: `${others.length + 1} runs begin with ${run}; write more of the id.` };
  return { journal: only, view: foldRun(root, only.events) };
}
