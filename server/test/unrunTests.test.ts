import assert from 'node:assert/strict';
import type { TestsResult } from '../engine/engine.ts';
import { ruleOf, runAct, withRule } from './actionSlice.ts';
import { createSlice, neverAborted, type Slice } from './sliceWorkspace.ts';

const vitest = {
  'web/package.json': '{"devDependencies":{"vitest":"3"}}',
  'web/a.test.ts': "import { test } from 'vitest';\n",
};
const green = "import { test } from 'node:test';\ntest('works', () => undefined);\n";

describe('A run of all tests where a package lacks its runner', function () {
  this.timeout(60_000);
  let slice: Slice;
  afterEach(() => slice.dispose());

  const run = async (): Promise<TestsResult> => {
    slice = await createSlice({
      workspace: 'workspaces/sample',
      interactive: false,
      files: {
        'test/broken.test.js': green,
        ...vitest,
      },
      script: [],
    });
    return slice.running.engine.runTests(
      { root: slice.root, paths: [], ids: [], coverage: true },
      neverAborted,
    );
  };

  it('runs the others, says what did not run, and is not green', async () => {
    const { run: id, outcome, notRun, trend } = await run();
    assert.ok(outcome.kind === 'finished' && outcome.tests.length > 0, JSON.stringify(outcome));
    assert.deepEqual(
      notRun?.map(({ why, paths }) => [why, paths]),
      [['noProgram', ['web/a.test.ts']]],
    );
    // What some tests covered is no measure for what all of them cover.
    assert.equal(trend, undefined);
    const view = slice.running.engine.viewState().runs.find((each) => each.run === id);
    assert.deepEqual([view?.outcome, view?.code], ['failed', 'tests.runnerMissing']);
    assert.match(
      view?.message ?? '',
      /^\d+ tests pass(?:ed)?\. Did not run: web\/a\.test\.ts\. vitest is not installed in this package\./u,
    );
  });
});

describe('A rule that runs all tests where a package lacks its runner', function () {
  this.timeout(60_000);

  it('fails after the others have run, and says what did not', () =>
    withRule(
      ruleOf('- type: test', '  target: all'),
      async (slice) => {
        const { outcome, code, message } = await runAct(slice);
        assert.deepEqual([outcome, code], ['failed', 'tests.no-runner'], message);
        assert.match(
          message,
          /1 test pass(?:ed|es)\. Did not run: web\/a\.test\.ts\. vitest is not installed/u,
        );
      },
      { files: { 'a.test.js': "require('node:test').test('works', () => undefined);\n", ...vitest } },
    ));
});
