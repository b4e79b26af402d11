import assert from 'node:assert/strict';
import { describeRun } from './describeRun.ts';
import { busyRun, sampleRun } from '../test/sampleViews.ts';

describe('describeRun', () => {
  it('tells outcome, tests, cost and time of a finished run', () => {
    const { label, description, icon, contextValue, accessibilityLabel } = describeRun(sampleRun());
    assert.equal(label, 'test-writer · src/a.py');
    assert.equal(description, 'landed · 8 passed · $0.01 · 12.3 s');
    assert.equal(icon, 'pass');
    assert.equal(contextValue, 'run.finished.proposal');
    assert.equal(accessibilityLabel, 'test-writer on src/a.py: landed, 8 passed, $0.01, 12.3 s');
  });

  for (const [run, description, contextValue] of [
    [busyRun('asking', { files: [] }), 'asking the model', 'run.busy'],
    [busyRun('running', { files: [] }), 'running a command', 'run.busy'],
    [busyRun('deciding', { waitingOn: 'decision' }), 'to be reviewed', 'run.waiting.decision.proposal'],
    [busyRun('waiting', { waitingOn: 'approval', files: [] }), 'waits to be allowed', 'run.waiting.approval'],
    [
      busyRun('waiting', { waitingOn: 'unconfined' }),
      'tests wait for you',
      'run.waiting.unconfined.proposal',
    ],
  ] as const) {
    it(`says "${description}" of a run in phase ${run.phase}`, () => {
      const described = describeRun(run);
      assert.equal(described.description, description);
      assert.equal(described.contextValue, contextValue);
    });
  }

  it('tells that a run can be resumed', () => {
    const run = sampleRun({ outcome: 'interrupted', files: [] });
    assert.equal(describeRun(run).contextValue, 'run.finished.interrupted');
  });

  it('names a run without a rule by its action', () => {
    assert.equal(describeRun(sampleRun({ rule: '', action: 'tests', file: '' })).label, 'tests');
  });

  it('calls tests green that a person ran and that passed', () => {
    const run = sampleRun({
      rule: '',
      action: 'test',
      file: 'test/a.test.js',
      outcome: 'unchanged',
      cost: 0,
    });
    const { label, description, icon } = describeRun(run);
    assert.deepEqual(
      [label, description, icon],
      ['test · test/a.test.js', 'green · 8 passed · 12.3 s', 'pass'],
    );
  });

  it('says that a price is not known', () => {
    assert.match(describeRun(sampleRun({ cost: 0, unknownPrice: true })).description, /unknown cost/);
    assert.match(describeRun(sampleRun({ cost: 0.5, unknownPrice: true })).description, /\$0\.50\+/);
  });
});
