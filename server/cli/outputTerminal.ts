import { Neutraliser } from '../engine/safety/neutralise.ts';
import type { Terminal } from '../engine/ports/terminal.ts';
import type { Output } from './output.ts';
import type { Paint } from './render/paint.ts';
import { plainLine } from './render/plainText.ts';

const neverStopped = new AbortController().signal;

/** Commands and what they print, on standard error: without what a terminal would obey, colours apart. */
export function createOutputTerminal(output: Output, paint: Paint): Terminal {
  return {
    open({ command }) {
      const neutraliser = new Neutraliser({ colours: output.stderrIsTerminal });
      output.stderr(`${paint.cyan(`$ ${plainLine(command)}`)}\n`);
      return {
        write: (text) => output.stderr(neutraliser.push(text)),
        close(summary) {
          output.stderr(`${neutraliser.end()}${paint.dim(plainLine(summary))}\n`);
        },
        stopped: neverStopped,
      };
    },
  };
}

/** For commands whose output nobody watches. */
export const silentTerminal: Terminal = {
  open: () => ({ write: () => undefined, close: () => undefined, stopped: neverStopped }),
};
