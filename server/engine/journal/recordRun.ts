import { runEventVersion, type RunEvent, type RunStep } from '../../protocol/runEvents.ts';
import type { Clock } from '../ports/clock.ts';
import type { JournalWriter } from '../ports/journal.ts';
import { createSnapshotTaker } from './runSnapshot.ts';
import type { RunLedger } from './runLedger.ts';

/** Records the steps of one run: into the journal first, then onto the screens. */
export interface RunRecorder {
  readonly run: string;
  readonly root: string;
  /** Resolves when the step is durable and shown. Rejects with the journal's error when the disk refuses. */
  record(step: RunStep): Promise<void>;
  /** Shows a last step that the journal could not take, so that the person learns of it. */
  showOnly(step: RunStep): void;
  close(): Promise<void>;
}

export interface RecorderParts {
  readonly root: string;
  readonly writer: JournalWriter;
  readonly ledger: RunLedger;
  readonly clock: Clock;
  /** What the journal of a resumed run holds; undefined: the run is new. */
  readonly earlier?: readonly RunEvent[];
}

export function recordRun({ root, writer, ledger, clock, earlier = [] }: RecorderParts): RunRecorder {
  const taker = createSnapshotTaker(root, earlier);
  return {
    run: writer.run,
    root,
    async record(step) {
      const event = await writer.append(step);
      taker.note(event);
      ledger.apply(root, event);
    },
    showOnly(step) {
      const event: RunEvent = { ...step, v: runEventVersion, run: writer.run, seq: -1, at: clock.now() };
      ledger.apply(root, event);
    },
    close: () => writer.close(taker.take()),
  };
}
