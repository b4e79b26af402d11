import assert from 'node:assert/strict';
import { mock } from 'node:test';
import type { CodeLensParts } from './answerCodeLenses.ts';
import { answerCodeLenses } from './answerCodeLenses.ts';

describe('a refresh of the lenses', () => {
  const sent: string[] = [];
  const connection = {
    onCodeLens: () => ({ dispose: () => undefined }),
    sendRequest: (method: string) => Promise.resolve(sent.push(method)),
  };
  const lenses = () => answerCodeLenses({ connection } as unknown as CodeLensParts);

  beforeEach(() => {
    sent.length = 0;
    mock.timers.enable({ apis: ['setTimeout'] });
  });
  afterEach(() => mock.timers.reset());

  it('is said at once, and the last one again when it is quiet', () => {
    const answering = lenses();
    answering.refresh();
    mock.timers.tick(1_000);
    answering.refresh();
    assert.equal(sent.length, 2);
    mock.timers.tick(1_000);
    assert.equal(sent.length, 2);
    mock.timers.tick(60_000);
    assert.deepEqual([sent.length, new Set(sent)], [3, new Set(['workspace/codeLens/refresh'])]);
  });

  it('is not said any more after the end', () => {
    const answering = lenses();
    answering.refresh();
    answering.dispose();
    mock.timers.tick(60_000);
    assert.equal(sent.length, 1);
  });
});
