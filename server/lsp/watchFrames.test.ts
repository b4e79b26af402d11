import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { watchFrames } from './watchFrames.ts';

const frame = (body: string, more = ''): string =>
  `Content-Length: ${Buffer.byteLength(body)}\r\n${more}\r\n${body}`;

/** How often garbage is told of in these bytes, when they come so many at a time. */
async function told(bytes: string, size: number): Promise<number> {
  const stream = new PassThrough();
  let count = 0;
  watchFrames(stream, () => {
    count += 1;
  });
  const buffer = Buffer.from(bytes);
  for (let start = 0; start < buffer.length; start += size)
    stream.write(buffer.subarray(start, start + size));
  await new Promise((resolve) => stream.end(resolve));
  await new Promise((resolve) => setImmediate(resolve));
  return count;
}

describe('the watch over messages', () => {
  const messages = [
    frame('{}'),
    frame('{"text":"größer 🙂\\r\\n\\r\\nContent-Length: x"}'),
    frame('', 'Content-Type: application/vscode-jsonrpc; charset=utf-8\r\n'),
    frame('x'.repeat(70_000)),
  ].join('');
  for (const size of [1, 3, 1_000, 1_000_000]) {
    it(`has nothing to say about whole messages, ${size} bytes at a time`, async () => {
      assert.equal(await told(messages, size), 0);
    });
  }

  for (const [what, bytes] of [
    ['a length that is no number', 'Content-Length: NaN\r\n\r\n{}'],
    ['a negative length', 'Content-Length: -5\r\n\r\n{}'],
    ['a length beyond all memory', 'Content-Length: 9000000000\r\n\r\n{}'],
    ['no length', 'Content-Type: x\r\n\r\n{}'],
    ['no header', 'hello\r\n\r\nworld'],
    ['line feeds before a header', '\n\nContent-Length: 2\r\n\r\n{}'],
    ['a carriage return too many', 'Content-Length: 2\r\r\n\r\n{}'],
    ['a line without a colon', 'hello\r\nContent-Length: 2\r\n\r\n{}'],
    ['a blank in a name', 'Content-Length : 2\r\n\r\n{}'],
    ['two lengths', 'Content-Length: 2\r\nContent-Length: 4\r\n\r\n{}{}'],
    ['a second length that is empty', 'Content-Length: 2\r\nContent-Length: \r\n{}'],
    ['a header of another name', 'Content-Length: 2\r\n.0",:x\r\n\r\n{}'],
    ['a length in quotes', 'Content-Length: "2\r\n{}'],
    ['text in the place of a header', '}rpc"'],
    ['no end of the header', 'x'.repeat(65_536)],
  ] as const) {
    it(`tells once of ${what}, also behind whole messages`, async () => {
      for (const size of [7, 1_000_000]) assert.equal(await told(messages + bytes + messages, size), 1);
    });
  }
});
