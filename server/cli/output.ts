import { createPaint, type Paint } from './render/paint.ts';

/** Where a command writes. Both are called with whole lines. */
export interface Output {
  stdout(text: string): void;
  stderr(text: string): void;
  readonly stdoutIsTerminal: boolean;
  readonly stderrIsTerminal: boolean;
}

/** Colours for each of the two, or none: not into a file or pipe, and not where the user asked for none. */
export interface Paints {
  readonly stdout: Paint;
  readonly stderr: Paint;
}

export function createPaints(output: Output, env: Readonly<Record<string, string | undefined>>): Paints {
  const isWanted = !env['NO_COLOR'] && env['TERM'] !== 'dumb';
  return {
    stdout: createPaint(isWanted && output.stdoutIsTerminal),
    stderr: createPaint(isWanted && output.stderrIsTerminal),
  };
}
