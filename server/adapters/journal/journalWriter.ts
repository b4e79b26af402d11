import type { FileHandle } from 'node:fs/promises';
import { runEventVersion, type RunEvent, type RunStep } from '../../protocol/runEvents.ts';
import type { Clock } from '../../engine/ports/clock.ts';
import type { JournalWriter } from '../../engine/ports/journal.ts';
import { renderFrame } from './frame.ts';

export interface JournalWriterParts {
  /** Asked for with the first step; throws where the user's storage cannot keep one. */
  readonly key: () => Buffer;
  readonly clock: Clock;
  readonly run: string;
  /** Open for appending, behind the last whole frame. */
  readonly handle: Pick<FileHandle, 'appendFile' | 'datasync' | 'close'>;
  /** Chain value of the last whole frame; the run's id when there is none. */
  readonly sum: string;
  /** Sequence number of the next step. */
  readonly next: number;
  readonly onClosed: () => Promise<void>;
}

interface Waiting {
  readonly event: RunEvent;
  readonly json: string;
  readonly resolve: (event: RunEvent) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Writes steps in their order. Those that come while the disk is busy are made durable together, by one write and one
 * synchronization (group commit); a step that comes alone waits for nothing.
 */
export function createJournalWriter(parts: JournalWriterParts): JournalWriter {
  const { clock, run, handle } = parts;
  let { sum, next: seq } = parts;
  let key: Buffer | undefined;
  let waiting: Waiting[] = [];
  let flushing: Promise<void> | undefined;
  let broken: Error | undefined;

  /** undefined: all of it is durable. */
  const commit = async (group: readonly Waiting[]): Promise<Error | undefined> => {
    try {
      key ??= parts.key();
      const frame = renderFrame(
        key,
        sum,
        group.map(({ json }) => json),
      );
      await handle.appendFile(frame.line);
      await handle.datasync();
      sum = frame.sum;
      return undefined;
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  };

  const flush = async (): Promise<void> => {
    while (waiting.length > 0) {
      const group = waiting;
      waiting = [];
      // A frame after one that failed would follow a hole: the chain ends at the last durable step.
      broken ??= await commit(group);
      for (const { event, resolve, reject } of group) {
        if (broken === undefined) resolve(event);
        else reject(broken);
      }
    }
    flushing = undefined;
  };

  return {
    run,
    append(step: RunStep) {
      return new Promise<RunEvent>((resolve, reject) => {
        if (broken) throw broken;
        const event: RunEvent = { ...step, v: runEventVersion, run, seq, at: clock.now() };
        waiting.push({ event, json: JSON.stringify(event), resolve, reject });
        seq += 1;
        flushing ??= flush();
      });
    },
    async close() {
      await flushing;
      await handle.close();
      await parts.onClosed();
    },
  };
}
