import { PassThrough } from 'node:stream';
import {
  createMessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { watchFrames } from '../../lsp/watchFrames.ts';
import { frame } from './fuzzServer.ts';

/**
 * Sends parts of a damaged stream to the reader of the library with our watch before it, then a request. What is wrong when
 * neither the request is answered nor garbage was told of, although no frame can still be waiting for its end.
 */
export async function playGarbage(parts: readonly Buffer[]): Promise<string | undefined> {
  const input = new PassThrough();
  const output = new PassThrough();
  let gaveUp = false;
  let answered = false;
  watchFrames(input, () => (gaveUp = true));
  const connection = createMessageConnection(
    new StreamMessageReader(input),
    new StreamMessageWriter(output),
    { error: ignore, warn: ignore, info: ignore, log: ignore },
  );
  connection.onRequest((method) => {
    answered ||= method === 'probe';
    return null;
  });
  connection.onError(ignore);
  connection.onUnhandledNotification(ignore);
  connection.listen();
  output.resume();
  try {
    for (const part of parts) input.write(part);
    // Where a frame still waits for its end, this is a part of it.
    input.write(frame({ jsonrpc: '2.0', id: 'probe', method: 'probe' }));
    for (let turn = 0; turn < parts.length + 60 && !answered && !gaveUp; turn += 1)
      await new Promise((resolve) => setImmediate(resolve));
    if (answered || gaveUp || mayWait(Buffer.concat(parts))) return undefined;
    return 'The reader has lost its place, and nobody says so.';
  } finally {
    connection.dispose();
    input.destroy();
    output.destroy();
  }
}

function ignore(): void {}

/** Whether some header may be that of a frame whose end has not come, or has none itself. */
function mayWait(bytes: Buffer): boolean {
  const text = bytes.toString('latin1');
  for (const { index, 0: header, 1: digits = '' } of text.matchAll(/content-length: *(\d+)/giu))
    if (Number(digits) > text.length - index - header.length - 4) return true;
  // The header of the request ends an unfinished one, which is then garbage or the request's own.
  return false;
}
