import assert from 'node:assert/strict';
import type { TestsResult } from '../engine/engine.ts';
import { createSlice, neverAborted, type Slice } from './sliceWorkspace.ts';

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
        'web/package.json': '{"devDependencies":{"vitest":"3"}}',
        'web/a.test.ts': "import { test } from 'vitest';\n",
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
