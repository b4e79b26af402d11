import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectSecure } from 'node:tls';

interface Asked {
  readonly resolve: (reply: string | undefined) => void;
  readonly reject: (reason: Error) => void;
  readonly timer: NodeJS.Timeout;
}

/** What a reply may hold; no answer of a model is larger. */
const maxReplyBytes = 16_000_000;

/** One connection to a Redis server: commands and their replies, in order (RESP2). Every failure ends all of it. */
export class RedisConnection {
  readonly #socket: Socket;
  readonly #replyMs: number;
  readonly #asked: Asked[] = [];
  #received: Buffer = Buffer.alloc(0);
  #isClosed = false;

  /** Throws for what is no address of a Redis server. */
  constructor(url: string, replyMs: number) {
    const { protocol, hostname, port, username, password, pathname } = new URL(url);
    if (protocol !== 'redis:' && protocol !== 'rediss:')
      throw new TypeError('This is no address of a Redis server.');
    const place = { host: hostname.replace(/^\[|\]$/g, '') || '127.0.0.1', port: Number(port || 6379) };
    this.#replyMs = replyMs;
    this.#socket =
      protocol === 'rediss:' ? connectSecure({ ...place, servername: place.host }) : connectPlain(place);
    this.#socket.setNoDelay(true);
    // Waiting for a server keeps no process alive.
    this.#socket.unref();
    this.#socket.on('data', (data: Buffer) => this.#receive(data));
    this.#socket.on('error', (error) => this.#fail(error));
    this.#socket.on('close', () => this.#fail(new Error('The connection was closed.')));
    const [name, secret] = [decodeURIComponent(username), decodeURIComponent(password)];
    if (secret !== '') this.#greet(name === '' ? ['AUTH', secret] : ['AUTH', name, secret]);
    const database = pathname.slice(1);
    if (database !== '') this.#greet(['SELECT', database]);
  }

  /** The reply as text; undefined for none. Rejects for an error reply, and when it takes too long. */
  ask(words: readonly string[]): Promise<string | undefined> {
    if (this.#isClosed) return Promise.reject(new Error('The connection is closed.'));
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#fail(new Error('The server took too long.')), this.#replyMs);
      this.#asked.push({ resolve, reject, timer });
      const parts = words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`);
      this.#socket.write(`*${words.length}\r\n${parts.join('')}`);
    });
  }

  close(): void {
    this.#fail(new Error('The connection was closed.'));
  }

  /** What is refused here is refused again with the first command. */
  #greet(words: readonly string[]): void {
    this.ask(words).catch((error: unknown) =>
      this.#fail(error instanceof Error ? error : new Error('The server refused the greeting.')),
    );
  }

  #receive(data: Buffer): void {
    this.#received = Buffer.concat([this.#received, data]);
    if (this.#received.length > maxReplyBytes) {
      this.#fail(new Error('The reply is too large.'));
      return;
    }
    for (let reply = takeReply(this.#received); reply; reply = takeReply(this.#received)) {
      this.#received = reply.rest;
      const asked = reply.kind === 'broken' ? undefined : this.#asked.shift();
      if (!asked) {
        this.#fail(new Error('This is no reply of a Redis server.'));
        return;
      }
      clearTimeout(asked.timer);
      if (reply.kind === 'error') asked.reject(new Error('The server refused a command.'));
      else asked.resolve(reply.text);
    }
  }

  #fail(reason: Error): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#socket.destroy();
    for (const { reject, timer } of this.#asked.splice(0)) {
      clearTimeout(timer);
      reject(reason);
    }
  }
}

interface Reply {
  readonly kind: 'text' | 'error' | 'broken';
  readonly text?: string;
  readonly rest: Buffer;
}

/** The first whole reply; undefined: more has to come. */
function takeReply(received: Buffer): Reply | undefined {
  const end = received.indexOf('\r\n');
  if (end < 0) return undefined;
  const line = received.toString('utf8', 1, end);
  const rest = received.subarray(end + 2);
  switch (received[0]) {
    case 0x2b: // +
    case 0x3a: // :
      return { kind: 'text', text: line, rest };
    case 0x2d: // -
      return { kind: 'error', rest };
    case 0x24: // $
      return takeBulk(Number(line), rest);
    default:
      return { kind: 'broken', rest };
  }
}

function takeBulk(length: number, rest: Buffer): Reply | undefined {
  if (length === -1) return { kind: 'text', rest };
  if (!Number.isInteger(length) || length < 0 || length > maxReplyBytes) return { kind: 'broken', rest };
  if (rest.length < length + 2) return undefined;
  return { kind: 'text', text: rest.toString('utf8', 0, length), rest: rest.subarray(length + 2) };
}
