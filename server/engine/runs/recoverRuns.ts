import type { RunEvent } from '../../protocol/runEvents.ts';
import { findResumePoint } from './actions/resumePoint.ts';
import { foldLanded } from '../journal/foldLanded.ts';
import { foldRun } from '../journal/foldRun.ts';
import { recordRun } from '../journal/recordRun.ts';
import type { RunLedger } from '../journal/runLedger.ts';
import type { Clock } from '../ports/clock.ts';
import type { JournalStore } from '../ports/journal.ts';
import type { Leftovers } from '../ports/leftovers.ts';

const shownRuns = 50;

export interface RecoverParts {
  readonly journal: JournalStore;
  readonly ledger: RunLedger;
  readonly clock: Clock;
  readonly leftovers: Leftovers;
  readonly root: string;
}

/**
 * Brings the runs of earlier processes back onto the screens. One that died in the middle is ended as interrupted; one that
 * waits for a decision on its proposal goes on waiting. Gives those whose command under way may be repeated without asking. What another process writes now, or wrote elsewhere, is left alone.
 */
export async function recoverRuns(parts: RecoverParts): Promise<readonly string[]> {
  const { journal, ledger, root } = parts;
  const repeatable: string[] = [];
  for (const stored of [...(await journal.recall(root, shownRuns))].reverse()) {
    if (!stored.trusted || stored.owned) continue;
    if (stored.snapshot) {
      ledger.restore(root, stored.snapshot);
      continue;
    }
    for (const event of stored.events) ledger.apply(root, event);
    if (!isCutShort(root, stored.events) || !(await endInterrupted(parts, stored.run))) continue;
    if (findResumePoint(stored.events).isRepeatable) repeatable.push(stored.run);
  }
  return repeatable;
}

/** Neither finished nor waiting for a decision that can still be made. */
function isCutShort(root: string, events: readonly RunEvent[]): boolean {
  const view = foldRun(root, events);
  return view !== undefined && view.phase !== 'finished' && view.waitingOn !== 'decision';
}

/** Whether it was this process that ended it. */
async function endInterrupted(
  { journal, ledger, clock, leftovers, root }: RecoverParts,
  run: string,
): Promise<boolean> {
  const resumed = await journal.resume(root, run);
  if (!resumed) return false;
  const { writer, events: earlier } = resumed;
  const recorder = recordRun({ root, writer, ledger, clock, earlier });
  // Its process may have gone on since the journal was read, and ended the run itself.
  for (const event of resumed.events) ledger.apply(root, event);
  const isOurs = isCutShort(root, resumed.events);
  if (isOurs) {
    // Before it is ended, since the next process looks at no run that has an end.
    const paths = foldLanded(resumed.events).files.map(({ path }) => path);
    await leftovers.remove(root, run, paths);
    await recorder.record({ type: 'run.finished', outcome: 'interrupted', ...interruption(resumed.events) });
  }
  await recorder.close();
  return isOurs;
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
  const { inFlight, done } = findResumePoint(events);
  const commands = inFlight.filter(({ command }) => command !== '').map(({ command }) => `\`${command}\``);
  if (commands.length > 0)
    return {
      code: 'interrupted.in-command',
      message: `Interrupted while ${commands.join(' and ')} ran: whether it did all, a part or nothing of its work is not known, so it is not repeated. Look at what it changed, then resume the run.`,
    };
  if (done.size > 0)
    return {
      code: 'interrupted.in-chain',
      message: `Interrupted after ${[...done.keys()].join(', ')}. Resume the run to go on behind that.`,
    };
  return {
    code: 'interrupted',
    message: 'Interrupted: the process ended in the middle. No file was changed. Save again to run it anew.',
  };
}
