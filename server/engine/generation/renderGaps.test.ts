import assert from 'node:assert/strict';
import { renderGaps } from './renderGaps.ts';
import type { TestGaps } from './promptInput.ts';

const source = ['def f(x):', '    if x > 1:', '        return `a`', '    return 2', ''].join('\r\n');

/** Zero-based lines, and the points they become. */
const cases: readonly (readonly [title: string, gaps: TestGaps, ...points: readonly string[]])[] = [
  ['has nothing to say', { lines: [], branches: [] }],
  [
    'quotes one line',
    { lines: [[3, 3]], branches: [] },
    '- Lines that no test runs yet; begin with these:',
    '  - line 4: `return 2`',
  ],
  [
    'quotes where a range begins and ends, whatever stands there',
    { lines: [[1, 2]], branches: [] },
    '- Lines that no test runs yet; begin with these:',
    '  - lines 2-3: from `if x > 1:` to ``` return `a` ```',
  ],
  [
    'quotes conditions',
    { lines: [], branches: [1] },
    '- Conditions that no test takes both ways yet:',
    '  - line 2: `if x > 1:`',
  ],
];

describe('renderGaps', () => {
  for (const [title, gaps, ...points] of cases) {
    it(title, () => assert.deepEqual(renderGaps(gaps, source), points));
  }

  it('names twenty places at most, and how many more there are', () => {
    const branches = Array.from({ length: 23 }, (_, line) => line);
    const points = renderGaps({ lines: [], branches }, 'x\n'.repeat(30));
    assert.deepEqual([points.length, points.at(-1)], [22, '  - and 3 more']);
  });

  it('cuts long lines', () => {
    const [, point] = renderGaps({ lines: [[0, 0]], branches: [] }, 'x'.repeat(500));
    assert.equal(point, `  - line 1: \`${'x'.repeat(80)}…\``);
  });
});
