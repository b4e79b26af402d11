import assert from 'node:assert/strict';
import type { CandidateFilter } from '../../../../protocol/candidates.ts';
import type { Mutant } from '../../../../protocol/mutants.ts';
import type { TestNode } from '../../../generation/candidates/findTestNodes.ts';
import { Docket } from './docket.ts';
import { filterGain, type Gain } from './filterGain.ts';

const mutant: Mutant = {
  id: 'm',
  path: 'a.py',
  operator: 'boundary',
  start: 0,
  end: 1,
  original: '<',
  replacement: '<=',
  line: 0,
  statementLine: 0,
  scope: '',
  atLoad: false,
  sentence: '`<` became `<=` in line 1',
};
const unknown: Gain = {
  lines: undefined,
  branches: false,
  kills: undefined,
  tried: 0,
  dead: 0,
  living: [],
  late: 0,
  lateBranches: false,
};

const cases: readonly (readonly [
  what: string,
  gain: Partial<Gain>,
  filter: CandidateFilter | undefined,
  reason?: RegExp,
])[] = [
  ['nothing is measured', {}, undefined],
  ['it runs a new line', { lines: ['a.py:1'] }, undefined],
  ['it takes a new way', { lines: [], branches: true }, undefined],
  ['it runs nothing new', { lines: [] }, 'coverage', /branch that other tests do not run$/u],
  ['it runs nothing new and kills nothing', { lines: [], kills: [] }, 'coverage', /kills no mutant/u],
  ['it runs nothing new and kills one', { lines: [], kills: [mutant], tried: 1 }, undefined],
  [
    'it runs something new and looks away',
    { lines: ['a.py:1'], kills: [], tried: 3, living: ['x became y'] },
    'mutation',
    /kills none of 3 mutants .* even if x became y$/u,
  ],
  ['it runs something new without mutants', { lines: ['a.py:1'], kills: [] }, undefined],
  ['no line is known, and it looks away', { kills: [], tried: 2 }, 'mutation', /none of 2/u],
  ['no line is known, and nothing is left to kill', { kills: [], dead: 4 }, 'mutation', /all 4/u],
  ['no line is known, and there are no mutants', { kills: [] }, undefined],
  [
    'it kills none of those that there was time for',
    { lines: ['a.py:1'], kills: [], tried: 3, late: 2, living: ['x became y'] },
    'time',
    /^was not proven in time: 2 mutants .*codegenLab\.generatedTests\.maxSeconds/u,
  ],
  ['no mutant was tried in time', { lines: ['a.py:1'], kills: undefined, late: 1 }, 'time', /1 mutant /u],
  ['it runs nothing new, and mutants are left', { lines: [], kills: [], late: 1 }, 'time'],
  ['it kills one, and there is no time for others', { lines: [], kills: [mutant], late: 5 }, undefined],
  ['its branches were not looked at in time', { lines: [], lateBranches: true }, 'time', /branches/u],
];

describe('filterGain', () => {
  for (const [what, gain, filter, reason = /./u] of cases)
    it(`${filter === undefined ? 'keeps' : 'drops'} a test: ${what}`, () => {
      const test: TestNode = {
        name: 'test_x',
        suites: [],
        node: { type: 'x', start: 0, end: 1, isNamed: true, field: undefined, children: [] },
        statements: [],
      };
      const docket = new Docket([test]);
      filterGain(docket, new Map([[test, { ...unknown, ...gain }]]));
      const drop = docket.dropped.get(test);
      assert.equal(drop?.filter, filter);
      assert.match(drop?.reason ?? 'kept', reason);
    });
});
