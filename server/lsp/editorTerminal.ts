import type { Connection } from 'vscode-languageserver/node';
import type { Terminal } from '../engine/ports/terminal.ts';
import { terminalClosed, terminalOpened, terminalOutput, terminalStopped } from '../protocol/requests.ts';

const flushMs = 30;

/** The integrated terminal: output is gathered for a moment, so that a chatty command does not flood the connection. */
export function createEditorTerminal(connection: Connection): Terminal {
  const stops = new Map<string, AbortController>();
  let count = 0;
  connection.onNotification(terminalStopped.method, ({ id }: { readonly id: string }) =>
    stops.get(id)?.abort(),
  );
  return {
    open({ run, title, command }) {
      count += 1;
      const id = `${run}-${count}`;
      const stop = new AbortController();
      stops.set(id, stop);
      void connection.sendNotification(terminalOpened.method, { id, run, title, command });
      let gathered = '';
      let timer: NodeJS.Timeout | undefined;
      const flush = (): void => {
        clearTimeout(timer);
        timer = undefined;
        if (gathered) void connection.sendNotification(terminalOutput.method, { id, text: gathered });
        gathered = '';
      };
      return {
        stopped: stop.signal,
        write(text) {
          gathered += text;
          timer ??= setTimeout(flush, flushMs);
        },
        close(summary) {
          flush();
          stops.delete(id);
          void connection.sendNotification(terminalClosed.method, { id, summary });
        },
      };
    },
  };
}
