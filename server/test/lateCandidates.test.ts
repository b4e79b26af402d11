import assert from 'node:assert/strict';
import { runAct, ruleOf, withRule } from './actionSlice.ts';
import { answer, source } from './sampleSlice.ts';

const test = answer(
  'test/duration.generated.test.js',
  "import assert from 'node:assert/strict';",
  "import { test } from 'node:test';",
  "import { formatDuration } from '../src/duration.js';",
  "test('writes hours', () => assert.equal(formatDuration(3_600_000), '1h'));",
);

describe('new tests that there is no time to prove', function () {
  this.timeout(60_000);

  it('are dropped as not proven, and the run ends with what to do and asks no model again', () =>
    withRule(
      ruleOf('- type: generate_tests'),
      async (slice) => {
        const { outcome, code, message, view } = await runAct(slice, source);
        assert.deepEqual([outcome, code], ['failed', 'proof.no-time'], message);
        assert.match(message, /ran out after 0 s: 1 new test was dropped without being proven\. Raise/u);
        const judged = view?.timeline.find(({ label }) => label === 'New tests judged')?.detail ?? '';
        assert.match(judged, /1 dropped \(1 not proven in time\)/u);
        assert.doesNotMatch(judged, /kills no|not reliable/u);
        assert.equal(slice.models.requests.length, 1);
      },
      {
        workspace: 'workspaces/sample',
        script: [test, test],
        settings: { generatedTests: { repetitions: 1, maxMutants: 5, maxSeconds: 0 } },
      },
    ));
});
