import { createInterface } from 'node:readline';
import type { ReadAnswer } from './readAnswer.ts';

export interface TerminalStreams {
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean };
}

/** Reads answers where a person can see the question and type; undefined elsewhere, as in CI. */
export function createTerminalInput({ stdin, stderr }: TerminalStreams): ReadAnswer | undefined {
  if (stdin.isTTY !== true || stderr.isTTY !== true) return undefined;
  return (question, signal) =>
    new Promise((resolve) => {
      // The terminal edits the line itself, so that Ctrl+C stays the signal that stops everything.
      const lines = createInterface({ input: stdin, terminal: false });
      const end = (answer: string | undefined): void => {
        signal.removeEventListener('abort', onAbort);
        resolve(answer);
        lines.close();
      };
      const onAbort = (): void => end(undefined);
      lines.once('line', end);
      // Ctrl+D, or the terminal is gone.
      lines.once('close', onAbort);
      signal.addEventListener('abort', onAbort, { once: true });
      stderr.write(question);
      if (signal.aborted) onAbort();
    });
}
