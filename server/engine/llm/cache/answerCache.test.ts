import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { AnswerStore } from '../../ports/answerStore.ts';
import { createRedactor } from '../../safety/redact.ts';
import { createAnswerCache, type CachedRequest } from './answerCache.ts';

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
const request: CachedRequest = {
  target: { provider: 'anthropic', model: 'm' },
  address: 'https://a',
  request: { system: 's', messages: [{ role: 'user', text: 'u' }], maxOutputTokens: 10, temperature: 0 },
};
const answer = { text: 'code', model: 'm-1' };

class MemoryAnswers implements AnswerStore {
  readonly texts = new Map<string, string>();
  reads = 0;

  read(key: string): Promise<string | undefined> {
    this.reads += 1;
    return Promise.resolve(this.texts.get(key));
  }

  write(key: string, text: string): Promise<void> {
    this.texts.set(key, text);
    return Promise.resolve();
  }
}

function setUp(store = new MemoryAnswers()) {
  return { store, cache: createAnswerCache({ store, digest, redact: createRedactor([]) }) };
}

describe('kept answers', () => {
  it('are given again, from memory and after a restart', async () => {
    const { store, cache } = setUp();
    assert.equal(await cache.read(request), undefined);
    await cache.write(request, answer, 1000);
    const { reads } = store;
    assert.deepEqual(await cache.read(request), answer);
    assert.equal(store.reads, reads, 'the store is not asked');
    assert.deepEqual(await setUp(store).cache.read(request), answer);
  });

  const { target, request: asked } = request;
  for (const [name, other] of [
    ['another provider', { ...request, target: { ...target, provider: 'openai' } }],
    ['another model', { ...request, target: { ...target, model: 'n' } }],
    ['another server', { ...request, address: 'https://b' }],
    ['another system text', { ...request, request: { ...asked, system: 't' } }],
    ['another message', { ...request, request: { ...asked, messages: [{ role: 'user', text: 'v' }] } }],
    ['another role', { ...request, request: { ...asked, messages: [{ role: 'assistant', text: 'u' }] } }],
    [
      'one more message',
      { ...request, request: { ...asked, messages: [...asked.messages, ...asked.messages] } },
    ],
    ['another temperature', { ...request, request: { ...asked, temperature: 0.1 } }],
    ['another limit', { ...request, request: { ...asked, maxOutputTokens: 11 } }],
    ['a form', { ...request, request: { ...asked, answer: { name: 'x', schema: {} } } }],
    ['tools', { ...request, request: { ...asked, tools: [{ name: 'x', description: '', input: {} }] } }],
  ] as const satisfies readonly (readonly [string, CachedRequest])[]) {
    it(`are not given to a request with ${name}`, async () => {
      const { cache } = setUp();
      await cache.write(request, answer, 1000);
      assert.equal(await cache.read(other), undefined);
    });
  }

  it('never hold what looks like a secret, and no prompt', async () => {
    const { store, cache } = setUp();
    await cache.write(request, { ...answer, text: 'key = "sk-ant-api03-abcdefghijklmnop"' }, 1000);
    assert.equal(store.texts.size, 0);
    assert.equal(await cache.read(request), undefined);
  });

  for (const text of [
    '',
    '{',
    'null',
    '[]',
    '{"version":2,"text":"a","model":"m"}',
    '{"version":1,"text":1}',
  ])
    it(`are asked for anew when the store holds ${JSON.stringify(text)}`, async () => {
      const { store, cache } = setUp();
      await cache.write(request, answer, 1000);
      for (const key of store.texts.keys()) store.texts.set(key, text);
      assert.equal(await setUp(store).cache.read(request), undefined);
    });

  it('stay within a number in memory', async () => {
    const { store, cache } = setUp();
    const nth = (index: number): CachedRequest => ({
      ...request,
      request: { ...asked, maxOutputTokens: index },
    });
    for (let index = 0; index < 300; index += 1) await cache.write(nth(index), answer, 1000);
    const { reads } = store;
    await cache.read(nth(299));
    assert.equal(store.reads, reads);
    await cache.read(nth(0));
    assert.equal(store.reads, reads + 1);
  });
});
