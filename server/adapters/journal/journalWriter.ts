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
  readonly line: string;
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

  const flush = async (): Promise<void> => {
    while (waiting.length > 0) {
      const group = waiting;
      waiting = [];
      const failure = broken ?? (await commit(handle, group));
      // A frame after one that failed would follow a hole: the chain ends at the last durable step.
      broken = failure;
      for (const { event, resolve, reject } of group) {
        if (failure === undefined) resolve(event);
        else reject(failure);
      }
    }
    flushing = undefined;
  };

  return {
    run,
    append(step: RunStep) {
      return new Promise<RunEvent>((resolve, reject) => {
        if (broken) throw broken;
        key ??= parts.key();
        const event: RunEvent = { ...step, v: runEventVersion, run, seq, at: clock.now() };
        const frame = renderFrame(key, sum, event);
        sum = frame.sum;
        seq += 1;
        waiting.push({ event, line: frame.line, resolve, reject });
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

/** undefined: all of it is durable. */
async function commit(
  handle: JournalWriterParts['handle'],
  group: readonly Waiting[],
): Promise<Error | undefined> {
  try {
    await handle.appendFile(group.map(({ line }) => line).join(''));
    await handle.datasync();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
