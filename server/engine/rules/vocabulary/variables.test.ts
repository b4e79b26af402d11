import assert from 'node:assert/strict';
import { nearVariable } from './variables.ts';

describe('nearVariable', () => {
  const cases: readonly (readonly [word: string, near: string | undefined])[] = [
    ['file', undefined],
    ['testOutput', undefined],
    ['filename', 'file'],
    ['file_path', 'file'],
    ['directory', 'dir'],
    ['test_output', 'testOutput'],
    ['TestOutput', 'testOutput'],
    ['languge', 'language'],
    ['oldfile', 'oldFile'],
    ['name', undefined],
    ['text', undefined],
    ['item', undefined],
    ['field', undefined],
    ['next', undefined],
    ['diffs', 'diff'],
    ['toString', undefined],
  ];
  for (const [word, near] of cases) {
    it(`of {${word}} is ${near ?? 'none'}`, () => assert.equal(nearVariable(word), near));
  }
});
