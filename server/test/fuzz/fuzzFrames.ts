import { createSeededRandom } from '../seededRandom.ts';
import { drawBody } from './drawMessage.ts';
import type { Fuzzer, FuzzInput } from './fuzzer.ts';
import { frame, FuzzServer } from './fuzzServer.ts';
import { createDraw, mutateBytes, splitBytes } from './mutateBytes.ts';
import { playGarbage } from './playGarbage.ts';

/** A server lives for so many inputs, so that what it must keep does not count as slowness. */
const inputsPerServer = 500;
/** Of so many inputs one is damaged in its frame and not in its message alone. */
const inputsPerGarbage = 8;

const pieces = [
  ...[
    '\r\n',
    '\r\n\r\n',
    '\n\n',
    ' ',
    ':',
    '{',
    '}',
    '"',
    '0',
    '9',
    '-',
    'Content-Length: ',
    'content-length:5\r\n\r\n',
  ],
  ...[
    'Content-Length: 0\r\n\r\n',
    'Content-Length: 9000000000\r\n\r\n',
    'Content-Length: NaN\r\n\r\n',
    'Content-Length: -5\r\n\r\n',
  ],
  ...[
    'Content-Length: 99999\r\n\r\n',
    'Content-Type: x; charset=utf-16\r\n',
    'Content-Length: 2\r\n\r\n{}',
    '\0',
    '🙂',
    'x',
  ],
] as unknown as readonly [string, ...string[]];

/** Messages and frames that no editor sends, to the real server; after each it must answer, or end so that another is started. */
export function createFrameFuzzer(seed: number): Fuzzer {
  const draw = createDraw(createSeededRandom(seed));
  let server: FuzzServer | undefined;
  let left = 0;
  const drop = async (): Promise<void> => {
    const old = server;
    server = undefined;
    await old?.dispose();
  };
  const living = async (): Promise<FuzzServer> => {
    if (server !== undefined && left > 0) return server;
    if (server !== undefined) await drop();
    server = new FuzzServer();
    left = inputsPerServer;
    await server.start();
    return server;
  };
  const nextMessage = (): FuzzInput => {
    // Where the folder lies is known when it is played; until then this stands for it.
    const body = drawBody(placeOfRoot, draw);
    return {
      shown: body,
      size: body.length,
      async play() {
        const used = await living();
        left -= 1;
        used.write(frame(body.replaceAll(placeOfRoot, used.root)));
        if (await used.probe()) return undefined;
        server = undefined;
        return 'The server answers no more.';
      },
    };
  };
  const nextGarbage = (): FuzzInput => {
    const whole = frame(drawBody(placeOfRoot, draw));
    const bytes = mutateBytes(
      Buffer.concat([whole, frame({ jsonrpc: '2.0', id: 1, method: 'x' })]),
      pieces,
      draw,
    );
    const parts = splitBytes(bytes, draw);
    return {
      shown: bytes.toString('latin1'),
      size: bytes.length,
      play: () => playGarbage(parts),
    };
  };
  let drawn = 0;
  return {
    next() {
      drawn += 1;
      return drawn % inputsPerGarbage === 0 ? nextGarbage() : nextMessage();
    },
    close: drop,
  };
}

const placeOfRoot = '/codegen-lab-fuzz-root';
