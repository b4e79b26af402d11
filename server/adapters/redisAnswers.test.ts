import assert from 'node:assert/strict';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createRedisAnswers } from './redisAnswers.ts';

const key = 'a'.repeat(64);
const hasRedis = spawnSync('redis-server', ['--version']).status === 0;

/** Speaks as much RESP as the client needs, byte by byte where that is wanted. */
class SmallRedis {
  readonly kept = new Map<string, string>();
  readonly words: string[][] = [];
  readonly #sockets = new Set<Socket>();
  readonly #server: Server;
  /** What is sent in the place of a reply. */
  reply: ((words: readonly string[]) => string | undefined) | undefined;
  bytesAtOnce = Number.POSITIVE_INFINITY;

  constructor() {
    this.#server = createServer((socket) => {
      this.#sockets.add(socket);
      let text = '';
      socket.on('error', () => undefined);
      socket.on('data', (data) => {
        text += data.toString('utf8');
        for (let parsed = parseCommand(text); parsed; parsed = parseCommand(text)) {
          text = parsed.rest;
          this.words.push(parsed.words);
          void this.#answer(socket, this.reply ? this.reply(parsed.words) : this.#replyTo(parsed.words));
        }
      });
    });
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => {
      this.#server.listen(0, '127.0.0.1', resolve);
    });
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
    });
  }

  async #answer(socket: Socket, reply: string | undefined): Promise<void> {
    const bytes = Buffer.from(reply ?? '');
    for (let at = 0; at < bytes.length; at += this.bytesAtOnce) {
      socket.write(bytes.subarray(at, at + this.bytesAtOnce));
      if (this.bytesAtOnce < bytes.length) await new Promise(setImmediate);
    }
  }

  #replyTo([command, name = '', value = '']: readonly string[]): string {
    if (command === 'SET') this.kept.set(name, value);
    if (command !== 'GET') return '+OK\r\n';
    const kept = this.kept.get(name);
    return kept === undefined ? '$-1\r\n' : `$${Buffer.byteLength(kept)}\r\n${kept}\r\n`;
  }
}

function parseCommand(text: string): { readonly words: string[]; readonly rest: string } | undefined {
  const bytes = Buffer.from(text);
  const [, count] = /^\*(\d+)\r\n/.exec(text) ?? [];
  if (count === undefined) return undefined;
  let at = count.length + 3;
  const words: string[] = [];
  for (let index = 0; index < Number(count); index += 1) {
    const [head, length] = /^\$(\d+)\r\n/.exec(bytes.toString('utf8', at)) ?? [];
    if (head === undefined || bytes.length < at + head.length + Number(length) + 2) return undefined;
    words.push(bytes.toString('utf8', at + head.length, at + head.length + Number(length)));
    at += head.length + Number(length) + 2;
  }
  return { words, rest: bytes.toString('utf8', at) };
}

describe('answers in Redis', () => {
  let redis: SmallRedis;
  let place: string;
  let told: string[];
  let now = 0;
  beforeEach(async () => {
    redis = new SmallRedis();
    place = await redis.start();
    told = [];
    now = 0;
  });
  afterEach(() => redis.stop());

  const store = (url = `redis://${place}`) =>
    createRedisAnswers({ url, onUnreachable: (reason) => told.push(reason), now: () => now });

  for (const bytesAtOnce of [1, 7, Number.POSITIVE_INFINITY])
    it(`are kept and given again, in pieces of ${bytesAtOnce}`, async () => {
      redis.bytesAtOnce = bytesAtOnce;
      const answers = store();
      assert.equal(await answers.read(key), undefined);
      await answers.write(key, 'Grüße\r\n$5\r\n', 100);
      assert.equal(await answers.read(key), 'Grüße\r\n$5\r\n');
      assert.deepEqual(redis.words[1]?.slice(3), ['EX', '2592000']);
      assert.deepEqual(told, []);
    });

  it('are asked for by many at once, in order', async () => {
    const answers = store();
    const keys = Array.from({ length: 50 }, (_, at) => String(at).padStart(64, '0'));
    await Promise.all(keys.map((each) => answers.write(each, each, 100)));
    assert.deepEqual(await Promise.all(keys.map((each) => answers.read(each))), keys);
  });

  it('give name, password and database of the address', async () => {
    await store(`redis://me:s%20cret@${place}/3`).read(key);
    assert.deepEqual(redis.words.slice(0, 2), [
      ['AUTH', 'me', 's cret'],
      ['SELECT', '3'],
    ]);
  });

  it('are not kept when they are too large', async () => {
    await store().write(key, 'x'.repeat(101), 100);
    assert.deepEqual(redis.words, []);
  });

  for (const [name, reply] of [
    ['an error', '-NOAUTH no s3cret\r\n'],
    ['what is no reply', 'HTTP/1.1 400 Bad Request\r\n'],
    ['a length that is none', '$x\r\n'],
    ['nothing', undefined],
  ] as const)
    it(`are not there when the server says ${name}, which is told once without its words`, async () => {
      redis.reply = () => reply;
      const answers = store();
      assert.equal(await answers.read(key), undefined);
      await answers.write(key, 'x', 100);
      assert.equal(told.length, 1);
      assert.doesNotMatch(told.join(), /s3cret|127/);
      assert.equal(redis.words.length, 1, 'it is left alone for a while');
      redis.reply = undefined;
      now = 31_000;
      await answers.write(key, 'x', 100);
      assert.equal(await answers.read(key), 'x');
    });

  it('are not there when nobody listens, or the address is none', async () => {
    await redis.stop();
    for (const url of [`redis://${place}`, 'http://localhost', 'nonsense'])
      assert.equal(await store(url).read(key), undefined);
    assert.equal(told.length, 3);
    redis = new SmallRedis();
    await redis.start();
  });

  (hasRedis ? it : it.skip)('are kept by a real server', async () => {
    const port = 20_000 + (process.pid % 10_000);
    const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--requirepass', 'geheim'];
    const server: ChildProcess = spawn('redis-server', args, { stdio: 'ignore' });
    try {
      const text = `${'a € 𝄞 \r\n'.repeat(20_000)}end`;
      let found: string | undefined;
      for (let tries = 0; tries < 50 && found === undefined; tries += 1) {
        const answers = createRedisAnswers({
          url: `redis://:geheim@127.0.0.1:${port}/2`,
          onUnreachable: () => undefined,
        });
        await answers.write(key, text, 1_000_000);
        found = await answers.read(key);
        if (found === undefined) await sleep(100);
      }
      assert.equal(found, text);
      const denied = store(`redis://:wrong@127.0.0.1:${port}`);
      assert.equal(await denied.read(key), undefined);
      assert.equal(told.length, 1);
    } finally {
      server.kill('SIGKILL');
    }
  }).timeout(20_000);
});
