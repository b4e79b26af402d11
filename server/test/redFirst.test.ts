import assert from 'node:assert/strict';
import { runAct, ruleOf, withRule } from './actionSlice.ts';
import { answer, source } from './sampleSlice.ts';

const target = 'test/duration.generated.test.js';
const head = [
  "import assert from 'node:assert/strict';",
  "import { test } from 'node:test';",
  "import { formatDuration } from '../src/duration.js';",
];
/** What the documentation of the code says, and the code does not do. */
const bug = "test('writes minutes below zero', () => assert.equal(formatDuration(-60_000), '-1m'));";
const works = "test('writes minutes', () => assert.equal(formatDuration(60_000), '1m'));";
const fixed = answer(
  source,
  '<<<<<<< SEARCH',
  "  if (ms === 0) return '0ms';",
  '=======',
  "  if (ms === 0) return '0ms';",
  '  if (ms < 0) return `-${formatDuration(-ms)}`;',
  '>>>>>>> REPLACE',
);
const reproduce = ['- id: reproduce', '  type: generate_tests', '  red_first: true'];
const mend = ['- id: mend', '  type: fix', '  needs: [reproduce]', '  red_first: true'];

describe('red first', function () {
  this.timeout(120_000);

  it('keeps what fails, drops what passes, and shows red before and green after', () =>
    withRule(
      ruleOf(...reproduce, ...mend),
      async (slice) => {
        const result = await runAct(slice, source);
        assert.equal(result.outcome, 'proposed', result.message);
        const { view } = result;
        assert.deepEqual(view?.files.map(({ path }) => path).toSorted(), [source, target]);
        const test = view?.files.find(({ path }) => path === target)?.after ?? '';
        assert.match(test, /writes minutes below zero/u);
        assert.doesNotMatch(test, /'writes minutes'/u);
        assert.match(
          result.message,
          /Red first: 1 new test fails on the code as it is[^]*1 test that failed passes now/u,
        );
        const judged = view?.timeline.find(({ label }) => label === 'New tests judged')?.detail ?? '';
        assert.match(judged, /"writes minutes" passes on the code as it is, so it shows no bug/u);
        assert.deepEqual(view?.testsBefore, { passed: 2, failed: 1, skipped: 0 });
        assert.deepEqual(view?.testsAfter, { passed: 3, failed: 0, skipped: 0 });
        assert.match(slice.models.requests[1]?.text ?? '', /# What failed[^]*writes minutes below zero/u);
      },
      { workspace: 'workspaces/sample', script: [answer(target, ...head, bug, works), fixed] },
    ));

  it('tells the model that a test that passes shows no bug', () =>
    withRule(
      ruleOf(...reproduce),
      async (slice) => {
        const result = await runAct(slice, source);
        assert.equal(result.outcome, 'proposed', result.message);
        const asked = slice.models.requests[1]?.text ?? '';
        assert.match(asked, /`writes minutes` passes on the code as it is, so it shows no bug/u);
        assert.match(asked, /it has to fail on the code as it is/u);
        assert.deepEqual(result.view?.testsAfter, { passed: 2, failed: 1, skipped: 0 });
      },
      {
        workspace: 'workspaces/sample',
        script: [answer(target, ...head, works), answer(target, ...head, bug)],
      },
    ));

  it('changes no code where no test is red', () =>
    withRule(
      ruleOf('- type: fix', '  red_first: true'),
      async (slice) => {
        const result = await runAct(slice, source);
        assert.deepEqual([result.outcome, result.code], ['refused', 'proof.not-red'], result.message);
        assert.equal(slice.models.requests.length, 0);
      },
      { workspace: 'workspaces/sample', script: [fixed] },
    ));
});
