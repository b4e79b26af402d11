import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import {
  createMessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
  Trace,
  TraceFormat,
} from 'vscode-languageserver/node';
import { readSecret } from '../../server/protocol/requests.ts';
import { isTraceable } from './traceFilter.ts';

describe('isTraceable', () => {
  for (const [line, expected] of [
    ["Sending notification 'codegenLab/fileSaved'.\nParams: {}", true],
    ["Received notification 'codegenLab/beat'.\nParams: {}", false],
    ["Received request 'codegenLab/readSecret - (3)'.\nParams: {}", false],
    ['Sending response \'codegenLab/readSecret - (3)\'.\nResult: { "value": "sk-1" }', false],
    ['{"type":"send-response","message":{"id":3,"result":{"value":"sk-1"}}}', false],
    ['  {"type":"send-response"}', false],
  ] as const) {
    it(`${expected ? 'shows' : 'leaves out'} ${JSON.stringify(line)}`, () =>
      assert.equal(isTraceable(line), expected));
  }
});

describe('a trace of everything', () => {
  const key = 'key-of-a-person-7f3a91c2d4';

  for (const format of [TraceFormat.Text, TraceFormat.JSON]) {
    it(`in the form ${format} tells of other requests, and nowhere of a key`, async () => {
      const [toServer, toClient] = [new PassThrough(), new PassThrough()];
      const client = createMessageConnection(
        new StreamMessageReader(toClient),
        new StreamMessageWriter(toServer),
      );
      const server = createMessageConnection(
        new StreamMessageReader(toServer),
        new StreamMessageWriter(toClient),
      );
      const lines: string[] = [];
      // As the language client writes it: what happened and its data in one line.
      const log = (message: unknown, data?: string): void => {
        const line = typeof message === 'string' ? `${message}\n${data ?? ''}` : JSON.stringify(message);
        if (isTraceable(line)) lines.push(line);
      };
      client.onRequest(readSecret.method, () => ({ value: key }));
      client.onRequest('other', () => 'told');
      client.listen();
      server.listen();
      await client.trace(Trace.Verbose, { log }, { traceFormat: format });
      assert.deepEqual(await server.sendRequest(readSecret.method, { name: 'openai' }), { value: key });
      assert.equal(await server.sendRequest('other'), 'told');
      assert.ok(!lines.join('\n').includes(key));
      assert.equal(lines.join('\n').includes('told'), format === TraceFormat.Text);
      client.dispose();
      server.dispose();
    });
  }
});
