import assert from 'node:assert/strict';
import { createDueChecks, type DocumentCheck, type DueChecks } from './dueChecks.ts';

const pauseMs = 60;

describe('checks that are due', () => {
  let checks: DueChecks;
  let began: string[];
  let signals: AbortSignal[];
  beforeEach(() => {
    checks = createDueChecks(pauseMs);
    began = [];
    signals = [];
  });
  afterEach(() => checks.cancelAll());

  const check =
    (name: string): DocumentCheck =>
    (signal) => {
      began.push(name);
      signals.push(signal);
    };
  const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, pauseMs / 6));
  const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, pauseMs * 2));

  it('wait for a pause, and are those of the last text', async () => {
    checks.typed('a', check('one'));
    await turn();
    checks.typed('a', check('two'));
    assert.deepEqual(began, []);
    await pause();
    assert.deepEqual(began, ['two']);
  });

  it('begin with the next turn when typing is over, once', async () => {
    checks.typed('a', check('one'));
    checks.hurry('a');
    checks.hurry('a');
    assert.deepEqual(began, []);
    await turn();
    assert.deepEqual(began, ['one']);
    await pause();
    assert.deepEqual(began, ['one']);
  });

  it('are not put off by what they will see', async () => {
    checks.typed('a', check('typed'));
    for (let times = 0; times < 8; times += 1) {
      await turn();
      checks.again('a', check('again'));
    }
    assert.equal(began[0], 'typed');
  });

  it('are done again when something changes after they have begun', async () => {
    checks.typed('a', check('typed'));
    checks.hurry('a');
    await turn();
    checks.again('a', check('again'));
    assert.equal(signals[0]?.aborted, true);
    await pause();
    assert.deepEqual(began, ['typed', 'again']);
  });

  it('are done for a document that nobody typed in', async () => {
    checks.again('a', check('again'));
    await pause();
    assert.deepEqual(began, ['again']);
  });

  for (const [when, wait] of [
    ['while they wait', () => Promise.resolve()],
    ['when they have begun', pause],
  ] as const)
    it(`can be cancelled ${when}`, async () => {
      checks.typed('a', check('one'));
      await wait();
      checks.cancel('a');
      await pause();
      assert.ok(signals.every(({ aborted }) => aborted));
    });
});
