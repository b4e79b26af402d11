import type { Worker } from 'node:worker_threads';
import type { Patterns, PatternSearch } from '../engine/ports/patterns.ts';
import type { SearchAnswer, SearchTask } from './patternWorker.ts';
import { startWorker } from './startWorker.ts';

export interface WorkerPatternsOptions {
  /** For one search, from the moment the worker has it. Default 50. */
  readonly deadlineMs?: number;
  /** Beside the bundle that uses it; when run from the sources, the source of the worker. */
  readonly workerFile?: URL;
}

const cancelled: PatternSearch = { kind: 'unknown', reason: 'the search was cancelled' };
const defaultDeadlineMs = 50;
const startDeadlineMs = 10_000;

/**
 * Runs patterns in a worker that is started for the first of them and thrown away when one takes too long. Searches
 * run one after the other, so that each has its own time.
 */
export class WorkerPatterns implements Patterns {
  readonly #deadlineMs: number;
  readonly #workerFile: URL;
  #worker: Promise<Worker | undefined> | undefined;
  #queue: Promise<unknown> = Promise.resolve();
  readonly #exited = new WeakSet<Worker>();
  #lastId = 0;

  constructor({
    deadlineMs = defaultDeadlineMs,
    workerFile = defaultWorkerFile(),
  }: WorkerPatternsOptions = {}) {
    this.#deadlineMs = deadlineMs;
    this.#workerFile = workerFile;
  }

  search(...[pattern, text, signal]: Parameters<Patterns['search']>): Promise<PatternSearch> {
    const result = this.#queue.then(() => this.#searchNow(pattern, text, signal));
    this.#queue = result;
    return result;
  }

  /** Ends the worker; a search that waits for it is unknown. */
  async dispose(): Promise<void> {
    const worker = await this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }

  async #start(): Promise<Worker | undefined> {
    const worker = await startWorker(this.#workerFile, { deadlineMs: startDeadlineMs });
    // An error without a listener would end this process, even one of an idle worker.
    worker?.on('error', () => undefined);
    worker?.once('exit', () => {
      this.#exited.add(worker);
    });
    return worker;
  }

  async #searchNow(...[pattern, text, signal]: Parameters<Patterns['search']>): Promise<PatternSearch> {
    if (signal.aborted) return cancelled;
    this.#worker ??= this.#start();
    const worker = await this.#worker;
    if (worker === undefined || this.#exited.has(worker)) {
      this.#worker = undefined;
      return {
        kind: 'unknown',
        reason: 'the worker that searches for patterns could not start or has ended',
      };
    }
    if (signal.aborted) return cancelled;
    this.#lastId += 1;
    const answer = await ask(
      worker,
      { id: this.#lastId, ...pattern, text },
      { signal, deadlineMs: this.#deadlineMs },
    );
    if (answer.kind === 'answered') return toSearch(answer.offsets);
    this.#worker = undefined;
    // The worker may be deep in the pattern; nobody has to wait until it is gone.
    void worker.terminate();
    return { kind: 'unknown', reason: answer.reason };
  }
}

/** In a bundle the worker lies beside it; the sources run as they are. */
function defaultWorkerFile(): URL {
  const isBundle = import.meta.url.endsWith('.cjs');
  return new URL(isBundle ? './patternWorker.cjs' : './patternWorker.ts', import.meta.url);
}

type Answer =
  | { readonly kind: 'answered'; readonly offsets: readonly number[] | undefined }
  | { readonly kind: 'gaveUp'; readonly reason: string };

interface AskLimits {
  readonly signal: AbortSignal;
  readonly deadlineMs: number;
}

function ask(worker: Worker, task: SearchTask, { signal, deadlineMs }: AskLimits): Promise<Answer> {
  return new Promise((resolve) => {
    const giveUp = (reason: string): void => settle({ kind: 'gaveUp', reason });
    const onMessage = (answer: SearchAnswer): void => {
      if (answer.id === task.id) settle({ kind: 'answered', offsets: answer.offsets });
    };
    const onError = (): void => giveUp('the search ran out of memory');
    const onAbort = (): void => giveUp('the search was cancelled');
    const timer = setTimeout(() => giveUp(`its pattern took longer than ${deadlineMs} ms`), deadlineMs);
    const settle = (answer: Answer): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      worker.off('message', onMessage).off('error', onError).off('exit', onError);
      resolve(answer);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    worker.on('message', onMessage).on('error', onError).on('exit', onError);
    worker.postMessage(task);
  });
}

function toSearch(offsets: readonly number[] | undefined): PatternSearch {
  if (offsets === undefined) return { kind: 'unknown', reason: 'its pattern is not valid here' };
  const spans = Array.from({ length: offsets.length / 2 }, (_, at) => ({
    start: offsets[at * 2] ?? 0,
    end: offsets[at * 2 + 1] ?? 0,
  }));
  return { kind: 'matches', spans };
}
