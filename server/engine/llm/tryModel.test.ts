import assert from 'node:assert/strict';
import { VirtualClock } from '../../test/virtualClock.ts';
import type { ModelEvent } from '../ports/models.ts';
import { tryModel, type TryResult } from './tryModel.ts';

const usage = { input: 1, output: 1, cacheRead: 0, cacheWrite: 0, estimated: false };

/** A stream whose parts come after so many milliseconds each. */
async function tryStream(pauses: readonly number[], timeoutMs: number): Promise<TryResult> {
  const clock = new VirtualClock();
  async function* ask(_request: unknown, signal: AbortSignal): AsyncGenerator<ModelEvent> {
    for (const ms of pauses) {
      await clock.sleep(ms, signal);
      yield { type: 'text', text: 'x' };
    }
    yield { type: 'done', stop: 'complete', text: 'x'.repeat(pauses.length), usage, model: 'm' };
  }
  return clock.run(
    tryModel({
      provider: { id: 'slow', ask },
      request: { model: 'm', system: '', messages: [], maxOutputTokens: 1, timeoutMs },
      clock,
      signal: new AbortController().signal,
    }),
  );
}

describe('one try', () => {
  for (const [name, pauses, timeoutMs, expected] of [
    ['is done when parts come slowly', [90_000, 90_000, 90_000], 600_000, 'done'],
    ['waits long for the first part', [400_000, 10], 600_000, 'done'],
    ['stalls when a part does not come', [10, 101_000], 600_000, 'model.stalled'],
    ['stalls late too', [10, 90_000, 90_000, 200_000], 600_000, 'model.stalled'],
    ['is over with its time before it stalls', [10, 101_000], 50_000, 'model.timeout'],
  ] as const)
    it(name, async () => {
      const result = await tryStream(pauses, timeoutMs);
      assert.equal(result.kind === 'failed' ? result.fault.code : result.kind, expected);
    });
});
