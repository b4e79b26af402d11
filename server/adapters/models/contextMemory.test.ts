import assert from 'node:assert/strict';
import type { ModelListing } from '../../engine/ports/models.ts';
import { createContextMemory } from './contextMemory.ts';

const never = new AbortController().signal;
const listing: ModelListing = {
  type: 'listed',
  models: [{ id: 'small', contextTokens: 4_096 }, { id: 'silent' }],
};

describe('createContextMemory', () => {
  it('asks once for all models, and again after ten minutes', async () => {
    let asked = 0;
    let now = 0;
    const contextOf = createContextMemory(
      () => {
        asked += 1;
        return Promise.resolve(listing);
      },
      () => now,
    );
    const sizes = await Promise.all(['small', 'silent', 'unheard'].map((model) => contextOf(model, never)));
    assert.deepEqual(sizes, [4_096, undefined, undefined]);
    assert.equal(asked, 1);
    now = 10 * 60_000;
    await contextOf('small', never);
    assert.equal(asked, 2);
  });

  it('knows nothing where the list fails, and does not ask for it at once again', async () => {
    let asked = 0;
    const contextOf = createContextMemory(
      () => {
        asked += 1;
        return Promise.resolve({
          type: 'failed',
          code: 'model.unreachable',
          message: 'No.',
          retryable: true,
        });
      },
      () => 0,
    );
    assert.equal(await contextOf('small', never), undefined);
    assert.equal(await contextOf('small', never), undefined);
    assert.equal(asked, 1);
  });

  it('keeps nobody waiting who gives up', async () => {
    const contextOf = createContextMemory(
      () => new Promise(() => undefined),
      () => 0,
    );
    assert.equal(await contextOf('small', AbortSignal.timeout(10)), undefined);
  });
});
