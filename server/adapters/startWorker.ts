import { Worker, type WorkerOptions } from 'node:worker_threads';

export interface WorkerStart {
  readonly options?: WorkerOptions;
  /** A worker that starts on a busy machine takes longer than any task of it may, in milliseconds. */
  readonly deadlineMs: number;
}

/**
 * Starts a worker that keeps no process alive while it is idle, and whose heap is bounded. Its first message says that it
 * can take tasks; undefined when it does not come up.
 */
export async function startWorker(
  file: URL,
  { options, deadlineMs }: WorkerStart,
): Promise<Worker | undefined> {
  const worker = new Worker(file, { ...options, resourceLimits: { maxOldGenerationSizeMb: 256 } });
  worker.unref();
  const isReady = await new Promise<boolean>((resolve) => {
    const timer = setTimeout(() => resolve(false), deadlineMs);
    const settle = (ready: boolean): void => {
      clearTimeout(timer);
      resolve(ready);
    };
    worker.once('message', () => settle(true));
    worker.once('error', () => settle(false));
    worker.once('exit', () => settle(false));
  });
  return isReady ? worker : undefined;
}
