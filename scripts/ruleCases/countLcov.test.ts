import assert from 'node:assert/strict';
import { countLcov } from './countLcov.ts';

const report = 'SF:/w/src/a.js\nDA:1,3\nDA:2,0\nDA:4,1\nend_of_record\nSF:src/b.js\nDA:1,0\nend_of_record\n';

describe('countLcov', () => {
  for (const [file, expected] of [
    ['src/a.js', { covered: 2, all: 3 }],
    ['src/b.js', { covered: 0, all: 1 }],
    ['a.js', undefined],
  ] as const) {
    it(`counts lines of ${file}`, () => assert.deepEqual(countLcov(report, file, '/w'), expected));
  }
});
