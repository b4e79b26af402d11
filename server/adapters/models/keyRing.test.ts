import assert from 'node:assert/strict';
import { sha256 } from '../sha256.ts';
import { createKeyRing, type KeyRefusal, type KeySource } from './keyRing.ts';

const never = new AbortController().signal;

function setUp() {
  const places = { vault: new Map<string, string>(), environment: new Map<string, string>() };
  const refusals: KeyRefusal[] = [];
  const source = (name: keyof typeof places): KeySource => ({
    name,
    read: (provider) => Promise.resolve(places[name].get(provider)),
  });
  const ring = createKeyRing({
    sources: [source('vault'), source('environment')],
    digest: sha256,
    onRefused: (refusal) => refusals.push(refusal),
  });
  return { ...places, ring, refusals };
}

describe('createKeyRing', () => {
  it('takes the first place that has a key, and says which', async () => {
    const { vault, environment, ring } = setUp();
    assert.equal(await ring.read('openai', never), undefined);
    assert.equal(await ring.sourceOf('openai', never), undefined);
    environment.set('openai', ' from-environment \n');
    assert.equal(await ring.read('openai', never), 'from-environment');
    assert.equal(await ring.sourceOf('openai', never), 'environment');
    vault.set('openai', 'from-vault');
    assert.equal(await ring.read('openai', never), 'from-vault');
    assert.equal(await ring.read('anthropic', never), undefined);
    vault.set('openai', '  ');
    assert.equal(await ring.read('openai', never), 'from-environment');
  });

  it('asks once for each key that is refused, however often it is', async () => {
    const { vault, ring, refusals } = setUp();
    vault.set('openai', 'one');
    for (let save = 0; save < 5; save++) assert.equal(await ring.refused?.('openai', 'one', never), false);
    assert.deepEqual(refusals, [{ provider: 'openai', hadKey: true }]);
    await ring.refused?.('anthropic', undefined, never);
    await ring.refused?.('anthropic', undefined, never);
    assert.deepEqual(refusals.slice(1), [{ provider: 'anthropic', hadKey: false }]);
    vault.set('openai', 'two');
    await ring.refused?.('openai', 'two', never);
    assert.equal(refusals.length, 3);
  });

  it('knows that a refused key was replaced in the meantime', async () => {
    const { vault, ring, refusals } = setUp();
    vault.set('openai', 'new');
    assert.equal(await ring.refused?.('openai', 'old', never), true);
    assert.equal(await ring.refused?.('openai', undefined, never), true);
    assert.deepEqual(refusals, []);
  });

  it('asks when a place cannot be read', async () => {
    const refusals: KeyRefusal[] = [];
    const ring = createKeyRing({
      sources: [{ name: 'broken', read: () => Promise.reject(new Error('no')) }],
      digest: sha256,
      onRefused: (refusal) => refusals.push(refusal),
    });
    assert.equal(await ring.refused?.('openai', 'k', never), false);
    assert.equal(await ring.sourceOf('openai', never), undefined);
    assert.equal(refusals.length, 1);
    await assert.rejects(ring.read('openai', never));
  });
});
