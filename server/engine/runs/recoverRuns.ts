import type { RunEvent } from '../../protocol/runEvents.ts';
import { foldRun } from '../journal/foldRun.ts';
import { recordRun } from '../journal/recordRun.ts';
import type { RunLedger } from '../journal/runLedger.ts';
import type { Clock } from '../ports/clock.ts';
import type { JournalStore } from '../ports/journal.ts';

const shownRuns = 50;

export interface RecoverParts {
  readonly journal: JournalStore;
  readonly ledger: RunLedger;
  readonly clock: Clock;
  readonly root: string;
}

/**
 * Brings the runs of earlier processes back onto the screens. One that died in the middle is ended as interrupted; one that
 * waits for a decision on its proposal goes on waiting. What another process writes now, or wrote elsewhere, is left alone.
 */
export async function recoverRuns(parts: RecoverParts): Promise<void> {
  const { journal, ledger, root } = parts;
  for (const stored of [...(await journal.recent(root, shownRuns))].reverse()) {
    if (!stored.trusted || stored.owned) continue;
    for (const event of stored.events) ledger.apply(root, event);
    if (isCutShort(root, stored.events)) await endInterrupted(parts, stored.run);
  }
}

/** Neither finished nor waiting for a decision that can still be made. */
function isCutShort(root: string, events: readonly RunEvent[]): boolean {
  const view = foldRun(root, events);
  return view !== undefined && view.phase !== 'finished' && view.waitingOn !== 'decision';
}

async function endInterrupted({ journal, ledger, clock, root }: RecoverParts, run: string): Promise<void> {
  const resumed = await journal.resume(root, run);
  if (!resumed) return;
  const recorder = recordRun({ root, writer: resumed.writer, ledger, clock });
  // Its process may have gone on since the journal was read, and ended the run itself.
  for (const event of resumed.events) ledger.apply(root, event);
  if (isCutShort(root, resumed.events))
    await recorder.record({ type: 'run.finished', outcome: 'interrupted', ...interruption(resumed.events) });
  await recorder.close();
}

function interruption(events: readonly RunEvent[]): { readonly code: string; readonly message: string } {
  const landed = events.some((event) => event.type === 'edit.landed');
  const accepted = events.some((event) => event.type === 'proposal.accepted');
  if (landed)
    return {
      code: 'interrupted.after-landing',
      message: 'Interrupted after the edit had landed; its tests were not run in place.',
    };
  if (accepted)
    return {
      code: 'interrupted.while-landing',
      message: 'Interrupted while the edit landed: look at the files it names.',
    };
  return {
    code: 'interrupted',
    message: 'Interrupted: the process ended in the middle. No file was changed. Save again to run it anew.',
  };
}
