import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { stopOnAbort } from './stopOnAbort.ts';

describe('stopping work when a signal aborts', () => {
  const never = new AbortController().signal;

  it('stops at once where one has aborted already', async () => {
    let stops = 0;
    const given = await stopOnAbort(
      [never, AbortSignal.abort()],
      () => (stops += 1),
      Promise.resolve('done'),
    );
    assert.deepEqual({ given, stops }, { given: 'done', stops: 1 });
  });

  it('stops when one aborts, and gives what the work then gives', async () => {
    const controller = new AbortController();
    let end: (how: string) => void = () => assert.fail();
    const work = new Promise<string>((resolve) => (end = resolve));
    const given = stopOnAbort([controller.signal], () => end('stopped'), work);
    controller.abort();
    assert.equal(await given, 'stopped');
  });

  for (const [how, work] of [
    ['ended', () => Promise.resolve()],
    ['failed', () => Promise.reject(new Error('it failed'))],
  ] as const)
    it(`does not listen any more once the work has ${how}`, async () => {
      const { signal } = new AbortController();
      await stopOnAbort([signal], () => assert.fail(), work()).catch(() => undefined);
      assert.deepEqual(getEventListeners(signal, 'abort'), []);
    });
});
