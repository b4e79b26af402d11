import assert from 'node:assert/strict';
import type { RuleSummary } from '../../server/protocol/requests.ts';
import { linesOfRule, problemBadge, type LineProblem } from './problemBadge.ts';

const error = (line: number): LineProblem => ({ line, isError: true, isWarning: false });
const warning = (line: number): LineProblem => ({ line, isError: false, isWarning: true });
const hint = (line: number): LineProblem => ({ line, isError: false, isWarning: false });

describe('the badge of a rule', () => {
  const cases: readonly (readonly [title: string, problems: readonly LineProblem[], expected: unknown])[] = [
    ['is not there without a problem', [], undefined],
    ['leaves hints out', [hint(3)], undefined],
    [
      'counts what stands in its lines',
      [error(1), warning(2), warning(4), warning(5)],
      [2, false, '2 problems'],
    ],
    ['tells errors from warnings', [error(3), hint(4)], [1, true, '1 problem']],
    ['ends counting at nine', Array.from({ length: 12 }, () => error(2)), ['9+', true, '12 problems']],
  ];
  for (const [title, problems, expected] of cases) {
    it(title, () => {
      const badge = problemBadge(problems, { from: 2, to: 5 });
      const shown = badge && [badge.text, badge.isError, badge.tooltip];
      assert.deepEqual(
        shown?.map(String),
        expected === undefined ? undefined : (expected as unknown[]).map(String),
      );
    });
  }

  it('is about the lines up to the next rule of the file', () => {
    const at = (line: number, uri = 'file:///w/a.mdc') => ({ uri, line }) as RuleSummary;
    const rules = [at(0), at(12), at(7), at(9, 'file:///w/b.mdc')];
    assert.deepEqual(
      rules.map((rule) => linesOfRule(rule, rules)),
      [{ from: 0, to: 7 }, { from: 12 }, { from: 7, to: 12 }, { from: 9 }],
    );
  });
});
