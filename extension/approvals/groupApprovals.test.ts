import assert from 'node:assert/strict';
import { sampleApproval } from '../test/sampleViews.ts';
import { contextOf, describeState, groupApprovals } from './groupApprovals.ts';

const day = 86_400_000;
const approvals = [
  sampleApproval({ name: 'new' }),
  sampleApproval({ name: 'running', run: 'r1' }),
  sampleApproval({ name: 'fine', state: 'allowed', approvedAt: 1000 }),
  sampleApproval({ name: 'other', changed: 'inherited', approvedAt: 1000 }),
  sampleApproval({ name: 'never', state: 'denied' }),
  sampleApproval({ name: 'gone', state: 'gone', approvedAt: 1000, may: [] }),
];

describe('the view of approvals', () => {
  it('shows first what waits for an answer, and nothing that is empty', () => {
    const shown = groupApprovals(approvals).map(({ label, approvals: rules }) => [
      label,
      rules.map(({ name }) => name),
    ]);
    assert.deepEqual(shown, [
      ['Waiting for You', ['running', 'other']],
      ['Approved', ['fine', 'gone']],
      ['Not Allowed', ['never']],
      ['Will Ask Before They Act', ['new']],
    ]);
    assert.deepEqual(groupApprovals([]), []);
  });

  const described: readonly (readonly [
    changes: Parameters<typeof sampleApproval>[0],
    text: string,
    context: string,
  ])[] = [
    [{}, '', 'approval.asks'],
    [{ run: 'r1' }, 'a run waits', 'approval.asks'],
    [{ changed: 'inherited', run: 'r1' }, 'what it inherits changed · a run waits', 'approval.asks.changed'],
    [{ changed: 'itself' }, 'its text changed', 'approval.asks.changed'],
    [{ state: 'allowed', approvedAt: day - 1 }, 'approved just now', 'approval.allowed'],
    [{ state: 'allowed', approvedAt: day - 60_000 }, 'approved 1 minute ago', 'approval.allowed'],
    [{ state: 'allowed', approvedAt: day - 3 * 3_600_000 }, 'approved 3 hours ago', 'approval.allowed'],
    [{ state: 'gone', approvedAt: 0 }, 'approved 1 day ago, does not act now', 'approval.gone'],
    [{ state: 'denied' }, 'not allowed', 'approval.denied'],
  ];
  for (const [changes, text, context] of described)
    it(`says ${text === '' ? 'nothing' : text} of ${JSON.stringify(changes)}`, () => {
      const approval = sampleApproval(changes);
      assert.deepEqual([describeState(approval, day), contextOf(approval)], [text, context]);
    });
});
