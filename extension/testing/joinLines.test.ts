import assert from 'node:assert/strict';
import { joinLines } from './joinLines.ts';

describe('joinLines', () => {
  for (const [lines, expected] of [
    [[], ''],
    [[3], '3-3'],
    [[1, 2, 3, 7, 9, 10], '1-3 7-7 9-10'],
  ] as const)
    it(`makes ${expected || 'nothing'} of ${lines.join(', ') || 'nothing'}`, () =>
      assert.equal(
        joinLines(lines)
          .map(({ from, to }) => `${from}-${to}`)
          .join(' '),
        expected,
      ));
});
