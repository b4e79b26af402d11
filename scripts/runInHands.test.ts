import assert from 'node:assert/strict';
import { runInHands } from './runInHands.ts';

describe('runInHands', () => {
  it('rejects where there are no files, as a lane that finds none has lost them', async () => {
    const context = { root: '/nowhere', systemNode: process.execPath };
    await assert.rejects(runInHands(context, [], { groups: 4 }), /There are no test files/u);
  });
});
