import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const stopped = 130;

/**
 * Runs a task in a temporary folder that goes with the process, however it ends. The exit code is 0 when `work` says
 * true, 130 when a signal stopped it, else 1; an error is printed as its message.
 */
export async function runTask(
  name: string,
  work: (folder: string, signal: AbortSignal) => Promise<boolean>,
): Promise<void> {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => controller.abort());
  const folder = realpathSync(mkdtempSync(join(tmpdir(), `codegen-lab-${name}-`)));
  // A browser that a signal closes ends this process without a way through `finally`.
  process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  try {
    const isGood = await work(folder, controller.signal);
    process.exitCode = controller.signal.aborted ? stopped : isGood ? 0 : 1;
  } catch (error) {
    process.exitCode = controller.signal.aborted ? stopped : 1;
    if (!controller.signal.aborted) console.error(error instanceof Error ? error.message : error);
  }
}
