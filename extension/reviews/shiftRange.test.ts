import assert from 'node:assert/strict';
import type { Range } from '../../server/protocol/text.ts';
import { shiftRange } from './shiftRange.ts';

/** `1:2-3:4` as a range. */
function read(text: string): Range {
  const [start, end] = text.split('-').map((part) => {
    const [line = 0, character = 0] = part.split(':').map(Number);
    return { line, character };
  });
  assert.ok(start && end);
  return { start, end };
}

const cases: readonly (readonly [what: string, change: string, text: string, expected: string])[] = [
  ['a line above', '0:0-0:0', 'x\n', '3:2-3:8'],
  ['two lines above, with Windows ends', '1:0-1:0', 'x\r\ny\r\n', '4:2-4:8'],
  ['a line above that is deleted', '0:0-1:0', '', '1:2-1:8'],
  ['text before it in its line', '2:0-2:0', 'ab', '2:4-2:10'],
  ['a line break before it in its line', '2:1-2:1', '\n', '3:1-3:7'],
  ['text right before it', '2:2-2:2', 'ab', '2:4-2:10'],
  ['text in it', '2:4-2:5', 'abc', '2:2-2:10'],
  ['text right behind it', '2:8-2:8', 'abc', '2:2-2:8'],
  ['a line below', '3:0-3:0', 'x\n', '2:2-2:8'],
  ['itself, deleted', '2:2-2:8', '', '2:2-2:2'],
  ['all around it, deleted', '1:0-4:0', '', '1:0-1:0'],
  ['its end and what follows', '2:6-3:1', 'y', '2:2-2:7'],
];

describe('shiftRange', () => {
  for (const [what, change, text, expected] of cases) {
    it(`follows a change of ${what}`, () =>
      assert.deepEqual(shiftRange(read('2:2-2:8'), { range: read(change), text }), read(expected)));
  }
});
