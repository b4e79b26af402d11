import assert from 'node:assert/strict';
import { applyPatch } from 'diff';
import fc from 'fast-check';
import { findHunks, keepHunks } from './hunks.ts';

const numbered = (count: number): string => Array.from({ length: count }, (_, at) => `${at}\n`).join('');

describe('the hunks of a change', () => {
  const cases: readonly (readonly [
    what: string,
    before: string | undefined,
    after: string | undefined,
    hunks: readonly (readonly number[])[],
  ])[] = [
    ['none where nothing changes', 'a\n', 'a\n', []],
    ['one of a new file', undefined, 'a\nb\n', [[0, 0, 0, 2]]],
    ['one of a new empty file', undefined, '', [[0, 0, 0, 0]]],
    ['one of a deleted file', 'a\nb', undefined, [[0, 2, 0, 0]]],
    ['one for a changed line', 'a\nb\nc\n', 'a\nB\nc\n', [[1, 1, 1, 1]]],
    ['one for a changed line break', 'a\nb\n', 'a\r\nb\n', [[0, 1, 0, 1]]],
    ['one where two unchanged lines stand between', 'a\nb\nc\nd\n', 'A\nb\nc\nD\n', [[0, 4, 0, 4]]],
    [
      'two where three do',
      'a\nb\nc\nd\ne\n',
      'A\nb\nc\nd\nE\n',
      [
        [0, 1, 0, 1],
        [4, 1, 4, 1],
      ],
    ],
    ['lines that were added at the end', 'a\n', 'a\nb\n', [[1, 0, 1, 1]]],
    [
      'lines that were removed',
      numbered(9),
      numbered(9).replace('0\n', '').replace('7\n', ''),
      [
        [0, 1, 0, 0],
        [7, 1, 6, 0],
      ],
    ],
  ];
  for (const [what, before, after, hunks] of cases) {
    it(`are ${what}`, () =>
      assert.deepEqual(
        findHunks(before, after).map((hunk) => [
          ...[hunk.before.start, hunk.before.count, hunk.after.start, hunk.after.count],
        ]),
        hunks,
      ));
  }
});

/** The hunks as a patch without context, as any other program reads it. */
function patchOf(before: string, after: string, kept: ReadonlySet<number>): string {
  const lines = (text: string): readonly string[] => text.match(/[^\n]*\n|[^\n]+$/gu) ?? [];
  const [old, fresh] = [lines(before), lines(after)];
  const marked = (sign: string, part: readonly string[]): string =>
    part
      .map((line) => sign + (line.endsWith('\n') ? line : `${line}\n\\ No newline at end of file\n`))
      .join('');
  let shift = 0;
  const hunks = findHunks(before, after).flatMap(({ before: out, after: into }, index) => {
    if (!kept.has(index)) return [];
    const start = out.count === 0 ? out.start : out.start + 1;
    const to = into.count === 0 ? out.start + shift : out.start + shift + 1;
    shift += into.count - out.count;
    return [
      `@@ -${start},${out.count} +${to},${into.count} @@\n`,
      marked('-', old.slice(out.start, out.start + out.count)),
      marked('+', fresh.slice(into.start, into.start + into.count)),
    ];
  });
  return `--- a\n+++ a\n${hunks.join('')}`;
}

describe('a text with some of its hunks', () => {
  const line = fc.constantFrom('a', 'b', 'c', '', '  x', '}', 'é…');
  const text = fc
    .tuple(fc.array(line, { maxLength: 30 }), fc.constantFrom('\n', '\r\n'))
    .map(([lines, ending]) => lines.map((each) => each + ending).join(''));
  const chosen = fc.array(fc.nat(12), { maxLength: 8 }).map((indexes) => new Set(indexes));

  it('is what a patch of these hunks makes of the file', () =>
    fc.assert(
      fc.property(text, text, chosen, (before, after, kept) => {
        const indexes = new Set([...kept].filter((index) => index < findHunks(before, after).length));
        const expected = applyPatch(before, patchOf(before, after, indexes), {
          autoConvertLineEndings: false,
        });
        assert.equal(keepHunks(before, after, kept), indexes.size === 0 ? before : expected);
      }),
    ));

  const loose = fc.tuple(text, fc.constantFrom('', 'last')).map(([whole, last]) => whole + last);
  it('is the whole change with all of them, and no change with none', () =>
    fc.assert(
      fc.property(
        fc.option(loose, { nil: undefined }),
        fc.option(loose, { nil: undefined }),
        (before, after) => {
          const all = new Set(findHunks(before, after).keys());
          assert.equal(keepHunks(before, after, all), after);
          assert.equal(keepHunks(before, after, new Set()), before === after ? after : before);
        },
      ),
    ));

  it('is the whole change only where no hunk is left out', () =>
    fc.assert(
      fc.property(loose, loose, chosen, (before, after, kept) => {
        const once = keepHunks(before, after, kept);
        const all = findHunks(before, after);
        const left = all.filter((_, index) => !kept.has(index));
        if (once === after) assert.equal(left.length === 0 || before === after, true);
        else assert.ok(left.length > 0);
      }),
    ));

  it('never glues a line that ended the file to the next one', () => {
    const [before, after] = ['a\nb\nc\nd\nlast', 'A\nb\nc\nd\nlast\nmore\n'];
    assert.equal(keepHunks(before, after, new Set([1])), 'a\nb\nc\nd\nlast\nmore\n');
    assert.equal(keepHunks(before, after, new Set([0])), 'A\nb\nc\nd\nlast');
  });
});
