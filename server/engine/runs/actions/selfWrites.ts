import type { ProposedFile } from '../../../protocol/runEvents.ts';
import type { RunScope, SelfWritten } from '../runScope.ts';
import { keepTexts, writtenFiles, type ChangedText } from './restorePoint.ts';

/** More changed files than that are no edits of a formatter: they are told by content, and fire nothing. */
const maxRaised = 50;

/**
 * Lets a command work in the user's tree and tags by content what it changed there, so that no event of it counts as
 * somebody else's. Events of other programs wait until that is known. Gives the changed files, and the texts of those from
 * which the run can be undone.
 */
export async function watchSelfWrites<Result>(
  { deps, root, recorder, file }: RunScope,
  work: () => Promise<Result>,
): Promise<SelfWrites<Result>> {
  return deps.ownWrites.during(root, async () => {
    // A command that is stopped has changed something too, so its own signal does not end this.
    const { signal } = new AbortController();
    const before = await deps.treeStates.read(root, signal);
    const kept = await keepTexts({ deps, root, file }, before ?? new Map());
    const value = await work();
    const after = before && (await deps.treeStates.read(root, signal));
    if (before === undefined || after === undefined) return { value, changed: [], written: [] };
    const paths = [...new Set([...before.keys(), ...after.keys()])]
      .filter((path) => before.get(path) !== after.get(path))
      .toSorted();
    const written: SelfWritten[] = [];
    const texts: ChangedText[] = [];
    for (const path of paths) {
      const read = after.has(path) ? await deps.files.read(root, path, signal) : undefined;
      const text = read?.kind === 'text' ? read.text : undefined;
      if (text !== undefined || !after.has(path)) deps.ownWrites.note(root, path, text);
      const change = !after.has(path) ? 'delete' : before.has(path) ? 'save' : 'create';
      written.push({ path, change, ...(text === undefined ? {} : { text }) });
      if (text !== undefined || change === 'delete')
        texts.push({ path, wasThere: change !== 'create', text });
    }
    if (written.length > 0 && written.length <= maxRaised) deps.onSelfWritten(root, recorder.run, written);
    return { value, changed: paths, written: writtenFiles(texts, kept) };
  });
}

interface SelfWrites<Result> {
  readonly value: Result;
  /** Relative to the folder. */
  readonly changed: readonly string[];
  readonly written: readonly ProposedFile[];
}
