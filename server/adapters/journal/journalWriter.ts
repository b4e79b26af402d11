import type { FileHandle } from 'node:fs/promises';
import { runEventVersion, type RunEvent, type RunStep } from '../../protocol/runEvents.ts';
import type { Clock } from '../../engine/ports/clock.ts';
import type { JournalWriter, RunSnapshot } from '../../engine/ports/journal.ts';
import { renderFrame, type ChainEnd } from './frame.ts';
import type { SealedHead } from './journalHead.ts';
import { beginSeal, type OpenSeal } from './seal.ts';

export interface JournalWriterParts {
  /** Asked for with the first step; throws where the user's storage cannot keep one. */
  readonly key: () => Buffer;
  readonly clock: Clock;
  readonly run: string;
  /** Open for appending, behind the last whole frame. */
  readonly handle: Pick<FileHandle, 'appendFile' | 'datasync' | 'close'>;
  readonly head: {
    /** Throws when the disk refuses. */
    note(end: ChainEnd): void;
    /** @param snapshot what the run came to, as JSON */
    seal(head: SealedHead, snapshot?: string): Promise<void>;
    close(): void;
  };
  /** How far the journal holds. */
  readonly start: ChainEnd;
  /** What stands in the file up to there. */
  readonly content: Buffer;
  readonly onClosed: () => Promise<void>;
}

interface Waiting {
  readonly event: RunEvent;
  readonly json: string;
  readonly resolve: (event: RunEvent) => void;
  readonly reject: (error: Error) => void;
}

/** Larger ones are not kept: then the steps tell. In characters. */
const maxSnapshot = 64 * 1024;

/**
 * Writes steps in their order. Those that come while the disk is busy are made durable together, by one write and one
 * synchronization (group commit); a step that comes alone waits for nothing.
 */
export function createJournalWriter(parts: JournalWriterParts): JournalWriter {
  const { clock, run, handle, head } = parts;
  const runJson = JSON.stringify(run);
  let end = parts.start;
  let seq = end.count;
  let own: { readonly key: Buffer; readonly seal: OpenSeal } | undefined;
  let waiting: Waiting[] = [];
  let flushing: Promise<void> | undefined;
  let broken: Error | undefined;

  const begin = (): { readonly key: Buffer; readonly seal: OpenSeal } => {
    const key = parts.key();
    const seal = beginSeal(key);
    if (parts.content.length > 0) seal.add(parts.content);
    return { key, seal };
  };

  /** undefined: all of it is durable. */
  const commit = async (group: readonly Waiting[]): Promise<Error | undefined> => {
    try {
      own ??= begin();
      const { line, sum } = renderFrame(
        own.key,
        end.sum,
        group.map(({ json }) => json),
      );
      await handle.appendFile(line);
      await handle.datasync();
      end = { bytes: end.bytes + line.length, sum, count: end.count + group.length };
      own.seal.add(line);
      head.note(end);
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

  const seal = async (snapshot: RunSnapshot | undefined): Promise<void> => {
    if (broken !== undefined || own === undefined) return;
    const json = snapshot && JSON.stringify(snapshot);
    const isSmall = json !== undefined && json.length <= maxSnapshot;
    await head.seal({ ...end, seal: own.seal.finish() }, isSmall ? json : undefined);
  };

  return {
    run,
    append(step: RunStep) {
      return new Promise<RunEvent>((resolve, reject) => {
        if (broken) throw broken;
        const at = clock.now();
        const event: RunEvent = { ...step, v: runEventVersion, run, seq, at };
        const added = `,"v":${runEventVersion},"run":${runJson},"seq":${seq},"at":${at}}`;
        waiting.push({ event, json: typeFirst(step).slice(0, -1) + added, resolve, reject });
        seq += 1;
        flushing ??= flush();
      });
    },
    async close(snapshot) {
      await flushing;
      // What was acknowledged is durable without it.
      await seal(snapshot).catch(() => undefined);
      head.close();
      await handle.close();
      await parts.onClosed();
    },
  };
}

/** Readers that look for some types need not parse the others. */
function typeFirst(step: RunStep): string {
  const json = JSON.stringify(step);
  return json.startsWith('{"type":') ? json : JSON.stringify(Object.assign({ type: step.type }, step));
}
