import assert from 'node:assert/strict';
import { coverageLenses } from './coverageLenses.ts';

describe('the lenses over covered code', () => {
  const cases: readonly (readonly [covered: number, missed: number, expected: readonly string[]])[] = [
    [9, 2, ['$(run-coverage) 81 % of lines covered, 2 left', '$(play) Run Tests']],
    [999, 1, ['$(run-coverage) 99 % of lines covered, 1 left', '$(play) Run Tests']],
    [4, 0, ['$(run-coverage) 100 % of lines covered', '$(play) Run Tests']],
    [0, 0, []],
  ];
  const count = (length: number): readonly number[] => Array.from({ length }, (_, line) => line);
  for (const [covered, missed, expected] of cases) {
    it(`tell of ${covered} lines that ran and ${missed} that did not`, () => {
      const lines = { coveredLines: covered, lines: covered + missed };
      const coverage = { path: 'a.py', ...lines, covered: count(covered), missed: count(missed) };
      assert.deepEqual(
        coverageLenses('/w', 'a.py', coverage).map(({ command }) => command?.title),
        expected,
      );
    });
  }

  it('are not shown where nothing was measured', () => {
    assert.deepEqual(coverageLenses('/w', 'a.py', undefined), []);
  });
});
