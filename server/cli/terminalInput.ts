import { createInterface } from 'node:readline/promises';
import type { ReadAnswer } from './terminalPerson.ts';

/** Reads answers where a person can see the question and type; undefined elsewhere, as in CI. */
export function createTerminalInput(): ReadAnswer | undefined {
  const { stdin, stderr } = process;
  if (!stdin.isTTY || !stderr.isTTY) return undefined;
  return async (question, signal) => {
    const lines = createInterface({ input: stdin, output: stderr });
    try {
      return await lines.question(question, { signal });
    } catch {
      // Ctrl+C, Ctrl+D, or the run was stopped: no answer.
      return undefined;
    } finally {
      lines.close();
    }
  };
}
