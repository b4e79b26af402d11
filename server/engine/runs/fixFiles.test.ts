import assert from 'node:assert/strict';
import type { Finding } from '../../protocol/text.ts';
import { createLineMap } from '../documents/lineMap.ts';
import { applyFixes } from './fixFiles.ts';

type Fix = readonly [start: number, end: number, newText: string];

describe('applyFixes', () => {
  const cases: readonly (readonly [
    title: string,
    text: string,
    fixes: readonly Fix[],
    after: string,
    count: number,
  ])[] = [
    [
      'replaces from the top down, whatever the order',
      'abc',
      [
        [2, 3, 'Z'],
        [0, 1, 'XX'],
      ],
      'XXbZ',
      2,
    ],
    [
      'leaves out what reaches into the one before',
      'abcd',
      [
        [0, 2, 'x'],
        [1, 3, 'y'],
        [2, 4, 'z'],
      ],
      'xz',
      2,
    ],
    [
      'inserts once at one place',
      'a',
      [
        [0, 0, '1'],
        [0, 0, '2'],
      ],
      '1a',
      1,
    ],
    [
      'inserts behind what it replaced',
      'ab',
      [
        [0, 1, 'x'],
        [1, 1, '!'],
      ],
      'x!b',
      2,
    ],
    ['ends within a line break where the match does', 'a \r\nb', [[1, 3, '']], 'a\nb', 1],
    ['counts nothing that stays as it is', 'aa', [[0, 1, 'a']], 'aa', 0],
    ['reaches over lines', 'a\nb\rc\n', [[1, 4, '-']], 'a-c\n', 1],
  ];
  for (const [title, text, fixes, after, count] of cases)
    it(title, () => {
      const lines = createLineMap(text);
      const findings = fixes.map(([start, end, newText]): Finding => {
        const range = lines.toRange({ start, end });
        return {
          path: 'a',
          range,
          severity: 'error',
          code: 'check.reject',
          message: '',
          fix: { range, newText },
        };
      });
      const applied = applyFixes(text, findings);
      assert.deepEqual([applied.text, applied.fixed.length], [after, count]);
    });
});
