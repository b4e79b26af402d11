import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import type { ModelDone, ModelEvent, ModelFault } from '../../engine/ports/models.ts';
import { streamAnswer, type StreamOptions, type WireAnswer } from './streamAnswer.ts';

const broken: ModelFault = { type: 'failed', code: 'model.cut-off', message: 'Broken.', retryable: true };
const done: ModelDone = {
  type: 'done',
  stop: 'complete',
  text: 'abc',
  usage: { input: 1, output: 1, cacheRead: 0, cacheWrite: 0, estimated: false },
  model: 'm',
};
const options: StreamOptions = {
  timeoutMs: 5000,
  idleMs: 5000,
  settle: (fault) => Promise.resolve(fault),
};
const never = new AbortController().signal;

/** A wire whose chunks are texts; it ends well after the last one. */
function wireOf(chunks: AsyncIterable<string>, change: Partial<WireAnswer<string>> = {}): WireAnswer<string> {
  return {
    open: () => Promise.resolve(chunks),
    read: (text) => ({ type: 'text', text }),
    finish: () => done,
    hasEnded: () => false,
    usage: () => undefined,
    toFault: () => broken,
    key: () => undefined,
    ...change,
  };
}

async function* say(...texts: readonly string[]): AsyncGenerator<string> {
  for (const text of texts) {
    await delay(1);
    yield text;
  }
}

async function read(events: AsyncIterable<ModelEvent>): Promise<readonly ModelEvent[]> {
  const all: ModelEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}

const kinds = (events: readonly ModelEvent[]): readonly string[] =>
  events.map((event) => (event.type === 'failed' ? event.code : event.type));

describe('a stream of an answer', () => {
  const unhandled: unknown[] = [];
  const note = (reason: unknown): void => void unhandled.push(reason);
  before(() => process.on('unhandledRejection', note));
  after(() => process.off('unhandledRejection', note));
  afterEach(async () => {
    await delay(5);
    assert.deepEqual(unhandled.splice(0), []);
  });

  const throwing = (): never => {
    throw new Error('odd');
  };
  for (const [what, wire, expected] of [
    ['is told part by part', wireOf(say('a', 'b')), ['text', 'text', 'done']],
    [
      'is over at the last event, also of an open stream',
      wireOf(say('a', 'b'), { hasEnded: () => true }),
      ['text', 'done'],
    ],
    ['shows no empty parts', wireOf(say('', 'a', '')), ['text', 'done']],
    ['cannot be read', wireOf(say('a'), { read: throwing, finish: () => undefined }), ['model.cut-off']],
    [
      'cannot even be told',
      wireOf(say('a'), { read: throwing, finish: throwing, toFault: throwing }),
      ['model.cut-off'],
    ],
    [
      'cannot be opened',
      wireOf(say(), { open: () => Promise.reject(new Error('no')), finish: () => undefined }),
      ['model.cut-off'],
    ],
    [
      'is a fault from the beginning',
      wireOf(say(), { open: () => Promise.resolve(broken) }),
      ['model.cut-off'],
    ],
    [
      'is no stream',
      wireOf({ [Symbol.asyncIterator]: throwing }, { finish: () => undefined }),
      ['model.cut-off'],
    ],
  ] as const)
    it(`ends once when it ${what}`, async () => {
      assert.deepEqual(kinds(await read(streamAnswer(wire, options, never))), expected);
    });

  it('answers a reader that asks for several events at once in order', async () => {
    const events = streamAnswer(wireOf(say('a', 'b')), options, never)[Symbol.asyncIterator]();
    const steps = await Promise.all(Array.from({ length: 5 }, () => events.next()));
    assert.deepEqual(
      steps.map(({ value }) => (value?.type === 'text' ? value.text : value?.type)),
      ['a', 'b', 'done', undefined, undefined],
    );
  });

  it('is over for a reader that leaves, whatever still comes', async () => {
    let settle: (fault: ModelFault) => void = () => undefined;
    const slow: StreamOptions = { ...options, settle: () => new Promise((resolve) => (settle = resolve)) };
    const wire = wireOf(say(), { open: () => Promise.resolve(broken) });
    const events = streamAnswer(wire, slow, never)[Symbol.asyncIterator]();
    const first = events.next();
    await delay(5);
    await events.return?.();
    settle(broken);
    assert.deepEqual(await first, { done: true, value: undefined });
    assert.deepEqual(await events.next(), { done: true, value: undefined });
  });

  it('is stopped while its reader is busy, and never for the time that the reader takes', async () => {
    const controller = new AbortController();
    const short: StreamOptions = { ...options, idleMs: 40 };
    const events = streamAnswer(wireOf(say('a', 'b', 'c')), short, controller.signal)[Symbol.asyncIterator]();
    await events.next();
    await delay(120);
    assert.equal((await events.next()).value?.type, 'text');
    controller.abort();
    const { value } = await events.next();
    assert.equal(value?.type === 'failed' && value.code, 'model.cancelled');
  });

  it('is given up when it falls silent', async () => {
    const silent = wireOf(say('a'), { open: () => Promise.resolve(sayThenWait()), finish: () => undefined });
    const began = performance.now();
    const events = await read(streamAnswer(silent, { ...options, idleMs: 80 }, never));
    assert.deepEqual(kinds(events), ['text', 'model.stalled']);
    const ms = performance.now() - began;
    assert.ok(ms >= 75 && ms < 2000, `${ms} ms`);
  });
});

async function* sayThenWait(): AsyncGenerator<string> {
  yield 'a';
  await new Promise(() => undefined);
}
