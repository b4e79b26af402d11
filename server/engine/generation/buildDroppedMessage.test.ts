import assert from 'node:assert/strict';
import type { CandidateReport } from '../../protocol/candidates.ts';
import { buildDroppedMessage, type DroppedTests } from './buildDroppedMessage.ts';

const report: CandidateReport = {
  path: 'test_a.py',
  candidates: 1,
  kept: [],
  dropped: [{ name: 'test_x', filter: 'mutation', reason: 'kills none of 1 mutants' }],
  redFirst: false,
  unmeasured: [],
  runs: 1,
  ms: 1,
};
const source = { path: 'a.py', text: 'def f(a):\n    if a < `2`:\n        return 1\n    return 2\n' };

function messageOf(parts: Partial<DroppedTests>): string {
  return buildDroppedMessage({
    report,
    failed: [],
    gaps: undefined,
    source,
    roots: [],
    targets: ['test_a.py'],
    form: 'whole',
    ...parts,
  });
}

describe('buildDroppedMessage', () => {
  it('quotes the lines that no test runs, and conditions, from the source', () => {
    const message = messageOf({ gaps: { lines: [[2, 3]], branches: [1] } });
    assert.match(message, /lines 3-4: from `return 1` to `return 2`/u);
    assert.match(message, /line 2: ``` if a < `2`: ```/u);
  });

  it('says nothing of lines where nothing is known of them', () => {
    assert.doesNotMatch(messageOf({}), /lines? \d|Of `a\.py`/u);
  });

  for (const [library, detail] of [
    ['Hypothesis', "E   AssertionError\nE   Falsifying example: test_x(\nE       text='0',\nE   )"],
    ['fast-check', 'Error: Property failed after 1 tests\n{ seed: 1, path: "0" }\nCounterexample: [0]'],
  ] as const)
    it(`asks for a plain test of an input that ${library} found`, () => {
      const failure = { message: 'AssertionError', detail, frames: [] };
      const failed = [{ id: 'x', name: 'x', suites: [], status: 'failed', ms: 1, failure }] as const;
      assert.match(messageOf({ failed }), /a plain test of that very input/u);
    });

  it('asks for none where no property failed', () => {
    const failure = { message: 'AssertionError', detail: 'assert 1 == 2', frames: [] };
    const failed = [{ id: 'x', name: 'x', suites: [], status: 'failed', ms: 1, failure }] as const;
    assert.doesNotMatch(messageOf({ failed }), /plain test/u);
  });

  it('names the changes that all tests pass with', () => {
    const living = ['`<` became `<=` in line 2, `if a < 2:`'];
    const score = { killed: 0, survived: 1, noCoverage: 0, invalid: 0, notRun: 0 };
    const message = messageOf({ report: { ...report, mutation: { before: score, after: score, living } } });
    assert.match(message, /changes of `a\.py` are wanted most.*\n- `<` became `<=` in line 2, `if a < 2:`/u);
  });
});
