import assert from 'node:assert/strict';
import picomatch from 'picomatch';
import { findDifference, findFault } from '../../../test/checkGlob.ts';
import { createCaseGenerator, createTextGenerator } from '../../../test/randomGlobs.ts';
import { createSeededRandom } from '../../../test/seededRandom.ts';
import { compileGlob, matchGlob, splitPath } from './compileGlob.ts';

describe('random globs', () => {
  it('match as picomatch has it, alone and in an index: 20,000 pairs', () => {
    const next = createCaseGenerator(createSeededRandom(1));
    for (let count = 0; count < 1000; count += 1) assert.equal(findDifference(next()), undefined);
  });

  it('are compiled or refused, whatever the text is', () => {
    const next = createTextGenerator(createSeededRandom(1));
    for (let count = 0; count < 20_000; count += 1) {
      const text = next();
      assert.equal(findFault(text, Infinity), undefined, JSON.stringify(text));
    }
  });
});

describe('what differs from picomatch on purpose', () => {
  const options = { dot: true, nonegate: true };
  /** `refused`: it cannot be used, and the author is told. */
  const differences: readonly (readonly [
    why: string,
    glob: string,
    path: string,
    ours: boolean | 'refused',
  ])[] = [
    ['`[!a]` is `[^a]`, as in shells and VS Code', '[!a].ts', 'b.ts', true],
    ['braces stand for each of their texts alone', '{x,a*}/**', 'ab', false],
    ['a folder stands for what is in it', 'src/', 'src/a.ts', true],
    ['a slash at the start is the folder of the rule', '/src/*.ts', 'src/a.ts', true],
    ['backslashes separate where no slash does', 'src\\app\\*.ts', 'src/app/a.ts', true],
    ['extended patterns are refused', '@(a|b).ts', 'a.ts', 'refused'],
    ['parentheses are text', 'app/(group)/*.ts', 'app/(group)/a.ts', true],
    ['a class that is not closed is refused', '[a', '[a', 'refused'],
    ['braces that are not closed are refused', '{a', '{a', 'refused'],
  ];
  for (const [why, glob, path, ours] of differences) {
    it(`${glob}: ${why}`, () => {
      const compiled = compileGlob(glob);
      const answer = compiled.kind === 'refused' ? 'refused' : matchGlob(compiled.glob, splitPath(path));
      assert.equal(answer, ours);
      assert.notEqual(picomatch(glob, options)(path), ours);
    });
  }
});
