import type { Terminal } from '../ports/terminal.ts';
import { createRedactor } from '../safety/redact.ts';
import { RedactStream } from './actions/redactStream.ts';

const mask = createRedactor([]);

/** A terminal that is shown whole lines, with secrets masked. */
export function maskTerminal(terminal: Terminal): Terminal {
  return {
    open(request) {
      const view = terminal.open({ ...request, command: mask(request.command) });
      const stream = new RedactStream();
      return {
        stopped: view.stopped,
        write: (text) => {
          const whole = stream.push(text);
          if (whole !== '') view.write(whole);
        },
        close: (summary) => {
          const rest = stream.end();
          if (rest !== '') view.write(rest);
          view.close(summary);
        },
      };
    },
  };
}
