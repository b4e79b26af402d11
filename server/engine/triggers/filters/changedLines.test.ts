import assert from 'node:assert/strict';
import fc from 'fast-check';
import { changedLines } from './changedLines.ts';

const cases: readonly (readonly [title: string, before: string, after: string, runs: readonly string[]])[] = [
  ['nothing', 'a\nb\n', 'a\nb\n', []],
  ['all of a new file', '', 'a\nb\n', ['a\nb']],
  ['a line between others', 'a\nb\nc\n', 'a\nx\nc\n', ['x']],
  ['two runs', 'a\nb\nc\nd\n', 'x\nb\nc\ny\n', ['x', 'y']],
  ['a line at the end without a break', 'a\n', 'a\nb', ['b']],
  ['no line that is gone', 'a\nb\nc\n', 'a\nc\n', []],
  ['no other line ends', 'a\nb\n', 'a\r\nb\r\n', []],
  ['no final line break', 'a', 'a\n', []],
  ['lines that end at a lone \\r', 'a\rb\r', 'a\rx\r', ['x']],
  ['an empty line', 'a\nb\n', 'a\n\nb\n', ['']],
  ['nothing of an emptied file', 'a\n', '', []],
];

describe('changedLines finds', () => {
  for (const [title, before, after, runs] of cases) {
    it(title, () => {
      assert.deepEqual(
        changedLines(before, after).map(({ start, end }) => after.slice(start, end)),
        runs,
      );
    });
  }

  it('every line that stood nowhere before, and what it leaves out stood before in the same order', () => {
    const text = fc
      .array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 })
      .map((lines) => lines.join('\n'));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const spans = changedLines(before, after);
        const isChanged = (at: number): boolean => spans.some(({ start, end }) => start <= at && at <= end);
        const old = before.split('\n');
        let offset = 0;
        let from = 0;
        for (const line of after === '' ? [] : after.replace(/\n$/, '').split('\n')) {
          if (!isChanged(offset)) {
            const found = old.indexOf(line, from);
            assert.ok(found >= 0, `${line} at ${offset} is not new and stood nowhere`);
            from = found + 1;
          }
          offset += line.length + 1;
        }
      }),
    );
  });
});
