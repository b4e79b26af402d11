import type { FiringLog, LoggedFiring } from '../ports/firingLog.ts';
import type { JournalStore } from '../ports/journal.ts';
import { resolveEvent } from '../rules/vocabulary/events.ts';
import type { FileEvent } from '../triggers/fileEvent.ts';

export interface RecoverFiringsParts {
  readonly firings: FiringLog;
  readonly journal: Pick<JournalStore, 'hasBegun'>;
  readonly root: string;
  /** Decides anew about one rule on the file as it is now; resolves when what fires is kept again. */
  readonly decide: (
    event: FileEvent,
    left: { readonly ruleId: string; readonly run?: string },
  ) => Promise<unknown>;
}

/**
 * Goes on with the firings that earlier processes left. What had not begun is decided anew. What had begun is a run: its
 * journal says what became of it, unless the process died before the first step.
 */
export async function recoverFirings({ firings, journal, root, decide }: RecoverFiringsParts): Promise<void> {
  const left = await firings.takeOver(root);
  for (const firing of left.firings) {
    const { ruleId, run, claimed } = firing;
    if (!claimed) await decide(eventOf(root, firing), { ruleId, run });
    else if (!(await journal.hasBegun(root, run))) {
      // The first line of its journal may have been cut, so the id is not used again.
      await decide(eventOf(root, firing), { ruleId });
      await firings.remove(root, run);
    }
  }
  await left.release();
}

/** The file's present text is read when it is decided. An event that is not known is a save. */
function eventOf(root: string, { path, event, origin, depth, oldPath, files }: LoggedFiring): FileEvent {
  const name = resolveEvent(event) ?? 'save';
  return {
    root,
    path,
    name,
    origin,
    depth,
    ...(oldPath === undefined ? {} : { oldPath }),
    ...(files === undefined ? {} : { files }),
  };
}
