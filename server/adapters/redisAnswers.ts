import { RedisConnection } from './redisConnection.ts';
import type { AnswerStore } from '../engine/ports/answerStore.ts';

export interface RedisAnswersOptions {
  /** `redis://` or `rediss://`, with a name, a password and a number of a database where they are needed. */
  readonly url: string;
  /** For a person; holds no address and no password. Said once until it is well again. */
  readonly onUnreachable: (reason: string) => void;
  readonly now?: () => number;
}

/** Nobody waits longer for a kept answer, in milliseconds. */
const replyMs = 1_000;
/** After a failure the server is left alone so long, in milliseconds. */
const restMs = 30_000;
/** Answers that nobody asks for go by themselves. */
const keptSeconds = 30 * 24 * 60 * 60;

/** Answers in a Redis server that a team shares. Where it does not answer, the model is asked. Its own `maxmemory` bounds it. */
export function createRedisAnswers({ url, onUnreachable, now = Date.now }: RedisAnswersOptions): AnswerStore {
  let connection: RedisConnection | undefined;
  let restsUntil = 0;
  let isTold = false;
  const ask = async (...words: readonly string[]): Promise<string | undefined> => {
    if (now() < restsUntil) return undefined;
    try {
      connection ??= new RedisConnection(url, replyMs);
      const reply = await connection.ask(words);
      isTold = false;
      return reply;
    } catch {
      // The reason may quote the address, which may hold a password.
      connection?.close();
      connection = undefined;
      restsUntil = now() + restMs;
      if (!isTold)
        onUnreachable('The Redis server of REDIS_URL does not answer as one, so answers are not kept there.');
      isTold = true;
      return undefined;
    }
  };
  return {
    read: (key) => ask('GET', nameOf(key)),
    async write(key, text, maxBytes) {
      if (Buffer.byteLength(text) <= maxBytes) await ask('SET', nameOf(key), text, 'EX', String(keptSeconds));
    },
  };
}

function nameOf(key: string): string {
  return `codegen-lab:answer:${key}`;
}
