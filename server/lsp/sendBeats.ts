import { url as debuggerUrl } from 'node:inspector';
import type { Connection } from 'vscode-languageserver/node';
import { beat } from '../protocol/requests.ts';

/** From a timer and not in answer to a question, which would wait behind all that the editor asked before. */
export function sendBeats(connection: Connection, everyMs: number): () => void {
  const send = (): void => {
    connection
      .sendNotification(beat.method, { debugged: debuggerUrl() !== undefined })
      // The editor is gone, and the server with it soon.
      .catch(() => undefined);
  };
  const timer = setInterval(send, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}
