import assert from 'node:assert/strict';
import type { Mutant } from '../../../protocol/mutants.ts';
import { coveringTests, isOnLines, type CoveringTests } from './coveringTests.ts';
import type { MutantTests } from './mutationTypes.ts';

const mutant: Mutant = {
  ...{ id: 'm', path: 'a.py', operator: 'literal', start: 0, end: 1, original: '1', replacement: '2' },
  ...{ line: 5, statementLine: 3, scope: 'f', atLoad: false, sentence: '' },
};
const files = ['t.py', 'u.py'];
const everything: CoveringTests = { kind: 'some', files, ids: [] };
const lines = (test: string, ...ran: readonly number[]) => ({ test, path: 'a.py', lines: ran });

const cases: readonly (readonly [
  what: string,
  mutant: Mutant,
  tests: MutantTests,
  covering: CoveringTests,
])[] = [
  ['there is none', mutant, { files: [], ids: [] }, { kind: 'none' }],
  ['nothing is known', mutant, { files, ids: [] }, everything],
  [
    'its line was missed',
    mutant,
    { files, ids: [], coverage: { covered: [3], missed: [5] } },
    { kind: 'none' },
  ],
  ['its line ran', mutant, { files, ids: [], coverage: { covered: [5], missed: [3] } }, everything],
  [
    'its statement alone is counted, and ran',
    mutant,
    { files, ids: [], coverage: { covered: [3], missed: [] } },
    everything,
  ],
  [
    'its statement alone is counted, and was missed',
    mutant,
    { files, ids: [], coverage: { covered: [], missed: [3] } },
    { kind: 'none' },
  ],
  [
    'its line is not counted',
    mutant,
    { files, ids: [], coverage: { covered: [9], missed: [8] } },
    everything,
  ],
  [
    'it is known who ran the line',
    mutant,
    {
      files,
      ids: [],
      coverage: { covered: [5], missed: [], perTest: [lines('t.py::a', 4, 5), lines('u.py::b', 4)] },
    },
    { kind: 'some', files: ['t.py'], ids: ['t.py::a'] },
  ],
  [
    'only some tests are asked',
    mutant,
    {
      files,
      ids: ['u.py::b'],
      coverage: { covered: [5], missed: [], perTest: [lines('t.py::a', 5), lines('u.py::b', 5)] },
    },
    { kind: 'some', files: ['u.py'], ids: ['u.py::b'] },
  ],
  [
    'the line ran while files were loaded',
    mutant,
    { files, ids: [], coverage: { covered: [5], missed: [], perTest: [lines('t.py::a', 4)] } },
    everything,
  ],
  [
    'it is a constant of the file, which others than the first to load it may notice',
    { ...mutant, atLoad: true },
    { files, ids: [], coverage: { covered: [5], missed: [], perTest: [lines('t.py::a', 5)] } },
    everything,
  ],
  [
    'more tests ran it than a command can name',
    mutant,
    {
      ...{ files, ids: [] },
      coverage: {
        covered: [5],
        missed: [],
        perTest: Array.from({ length: 300 }, (_, at) => lines(`t.py::${at}`, 5)),
      },
    },
    everything,
  ],
];

describe('coveringTests', () => {
  for (const [what, given, tests, covering] of cases) {
    it(`chooses where ${what}`, () => assert.deepEqual(coveringTests(given, tests), covering));
  }

  it('tells whether lines hold a mutant', () => {
    const on = (covered: readonly number[], missed: readonly number[]): boolean =>
      isOnLines(mutant, { covered, missed });
    assert.deepEqual(
      [on([5], []), on([3], [5]), on([3], []), on([], [3]), on([], [])],
      [true, false, true, false, true],
    );
  });
});
