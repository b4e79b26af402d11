import assert from 'node:assert/strict';
import { createPaint } from './render/paint.ts';
import { renderEntry } from './timeline.ts';

describe('renderEntry', () => {
  const cases: readonly (readonly [title: string, detail: string, expected: string])[] = [
    ['shows one line', '3 passed', '   1.5 s ✓ Proven                 3 passed\n'],
    ['ends without white space', '', '   1.5 s ✓ Proven\n'],
    [
      'puts further lines below the first',
      '3 passed\nThe model notes: a',
      `   1.5 s ✓ Proven                 3 passed\n${' '.repeat(34)}The model notes: a\n`,
    ],
  ];
  for (const [title, detail, expected] of cases) {
    it(title, () => {
      const entry = { at: 2500, label: 'Proven', detail, tone: 'good' } as const;
      assert.equal(renderEntry(entry, 1000, createPaint(false)), expected);
    });
  }
});
