import assert from 'node:assert/strict';
import { eventually } from './eventually.ts';
import { insertAtTop, problemsOf } from './slice/workbench.ts';

const tests = 'test/duration.test.js';

describe('a workspace without rules is opened by a user of bundled rules', () => {
  it('has them at work without anything being asked for', async () => {
    await insertAtTop(tests, "test.only('alone', () => undefined);\n");
    await eventually(() => {
      const [problem] = problemsOf(tests);
      assert.match(problem?.message ?? '', /Only this test runs/);
    });
  });
});
