import { exitCodes } from './exitCodes.ts';
import type { Output } from './output.ts';

/** How long something that was left open may keep the process alive after its work is done. */
const lingerMs = 2_000;
/** How long work may take to end itself after a fault that may have left it hanging. */
const faultMs = 10_000;

/**
 * Runs `work` as this process: its result is the exit code. The first SIGINT, SIGTERM or SIGHUP aborts the signal, the second
 * ends the process at once. A reader of our output that goes away is no fault.
 */
export async function runAsProcess(
  work: (output: Output, signal: AbortSignal) => Promise<number>,
): Promise<void> {
  const abort = new AbortController();
  const output = createProcessOutput();
  let fault = false;
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      if (abort.signal.aborted) process.exit(exitCodes.cancelled);
      if (name === 'SIGINT') output.stderr('Stopping. Press Ctrl+C again to end at once.\n');
      // The name tells work that ends well by an order, such as a service, from work that is cut short.
      abort.abort(new Error(name));
    });
  }
  // Node would end with 1, which stands for findings, and leave child processes behind.
  const onFault = (error: unknown): void => {
    fault = true;
    output.stderr(
      `codegen-lab: a fault of Codegen Lab: ${error instanceof Error ? error.message : String(error)}\n`,
    );
    abort.abort();
    setTimeout(() => process.exit(exitCodes.usage), faultMs).unref();
  };
  process.on('uncaughtException', onFault);
  process.on('unhandledRejection', onFault);
  const code = await work(output, abort.signal);
  process.exitCode = fault ? exitCodes.usage : code;
  setTimeout(() => process.exit(), lingerMs).unref();
}

function createProcessOutput(): Output {
  const write = (stream: NodeJS.WriteStream): ((text: string) => void) => {
    let isOpen = true;
    stream.on('error', (error: NodeJS.ErrnoException) => {
      isOpen = false;
      // `codegen-lab check | head`: the reader has seen enough.
      if (error.code !== 'EPIPE') process.exitCode = exitCodes.usage;
    });
    return (text) => void (isOpen && stream.write(text));
  };
  return {
    stdout: write(process.stdout),
    stderr: write(process.stderr),
    stdoutIsTerminal: process.stdout.isTTY,
    stderrIsTerminal: process.stderr.isTTY,
  };
}
