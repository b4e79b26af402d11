import assert from 'node:assert/strict';
import { isCaseOf } from './isCaseOf.ts';

const cases: readonly (readonly [declared: string, result: string, expected: boolean])[] = [
  ['adds', 'adds', true],
  ['adds', 'adds[1-2]', true],
  ['adds', 'adds#2', true],
  ['adds', 'adds[a\nb]#3', true],
  ['adds', 'adds more', false],
  ['adds %d and %s', 'adds 1 and two', true],
  ['adds %d and %s', 'takes 1 and two', false],
  ['adds $a', 'adds 4', true],
  ['adds ${one}', 'adds 4', true],
  ['a (b) [%s]', 'a (b) [c]', true],
  ['costs 5$', 'costs 5$', true],
  ['Suite::adds', 'Suite::adds', true],
  ['Suite::adds %s', 'Suite::adds x', true],
  ['Suite %s::adds', 'Suite 1::adds', true],
  ['Suite::adds %s', 'Other::adds x', false],
];

function read(path: string): {
  readonly id: string;
  readonly name: string;
  readonly suites: readonly string[];
} {
  const names = path.split('::');
  return { id: `a.js::${path}`, name: names.at(-1) ?? '', suites: names.slice(0, -1) };
}

describe('isCaseOf', () => {
  for (const [declared, result, expected] of cases)
    it(`${result} ${expected ? 'is' : 'is not'} of ${declared}`, () =>
      assert.equal(isCaseOf({ ...read(declared), line: 0 }, read(result)), expected));
});
