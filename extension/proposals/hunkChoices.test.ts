import assert from 'node:assert/strict';
import { HunkChoices, hunkAt, nextHunk } from './hunkChoices.ts';

const span = (start: number, count: number): { start: number; count: number } => ({ start, count });
/** The second one only takes lines away. */
const hunks = [
  { before: span(2, 1), after: span(2, 3) },
  { before: span(10, 4), after: span(12, 0) },
  { before: span(20, 0), after: span(18, 2) },
];

describe('the choice of hunks', () => {
  it('takes all until one is left out, and names only files of which something is', () => {
    const choices = new HunkChoices();
    const files = [
      { path: 'a', hunks },
      { path: 'b', hunks },
    ];
    assert.deepEqual(choices.kept('r', files), []);
    choices.set({ run: 'r', path: 'a', hunk: 1 }, false);
    choices.set({ run: 'other', path: 'b', hunk: 1 }, false);
    assert.deepEqual(choices.kept('r', files), [{ path: 'a', kept: [0, 2] }]);
    choices.set({ run: 'r', path: 'a', hunk: 1 }, true);
    assert.deepEqual(choices.kept('r', files), []);
  });

  it('is forgotten with its run', () => {
    const choices = new HunkChoices();
    const place = { run: 'r', path: 'a', hunk: 0 };
    choices.set(place, false);
    choices.forget('r');
    assert.equal(choices.isTaken(place), true);
  });
});

describe('the hunk at a line', () => {
  for (const [side, line, expected] of [
    ['after', 0, 0],
    ['after', 4, 0],
    ['after', 12, 1],
    ['after', 19, 2],
    ['after', 99, 2],
    ['before', 13, 1],
    ['before', 19, 2],
  ] as const) {
    it(`of ${side}, ${line}, is ${expected}`, () => assert.equal(hunkAt(hunks, side, line), expected));
  }

  it('is none where nothing changes', () => assert.equal(hunkAt([], 'after', 0), undefined));
});

describe('the next hunk', () => {
  for (const [line, step, expected] of [
    [0, 1, 0],
    [2, 1, 1],
    [18, 1, 0],
    [18, -1, 1],
    [2, -1, 2],
  ] as const) {
    it(`from line ${line} by ${step} is ${expected}`, () =>
      assert.equal(nextHunk(hunks, { side: 'after', line, step }), expected));
  }

  it('is none where nothing changes', () =>
    assert.equal(nextHunk([], { side: 'after', line: 0, step: 1 }), undefined));
});
