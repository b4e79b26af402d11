import assert from 'node:assert/strict';
import { parseEventPattern } from './events.ts';
import { nearestWord } from './nearestWord.ts';

describe('nearestWord', () => {
  const known = ['globs', 'description', 'alwaysApply', 'on', 'file_extension', 'generate_tests'];
  const cases: readonly (readonly [word: string, nearest: string | undefined])[] = [
    ['glob', 'globs'],
    ['gl\u043Ebs', 'globs'],
    ['always_apply', 'alwaysApply'],
    ['desciption', 'description'],
    ['no', 'on'],
    ['fileExtension', 'file_extension'],
    ['generate-test', 'generate_tests'],
    ['banana', undefined],
    ['', undefined],
    ['x'.repeat(10_000), undefined],
  ];
  for (const [word, nearest] of cases) {
    it(`of ${word.slice(0, 20)} is ${nearest ?? 'none'}`, () =>
      assert.equal(nearestWord(word, known), nearest));
  }
});

describe('parseEventPattern', () => {
  const cases: readonly (readonly [
    pattern: string,
    events: readonly string[],
    unknown: readonly string[],
  ])[] = [
    ['save', ['save'], []],
    ['file_create|file_edit', ['create', 'save'], []],
    ['(file_create|file_edit)', ['create', 'save'], []],
    ['^(?:pre_commit)$', ['commit'], []],
    ['file_create|file_analyze', ['create'], ['file_analyze']],
    ['file_(?:save|open)', ['save', 'open'], []],
    ['(a|a)*b', [], []],
    ['(', [], []],
  ];
  for (const [pattern, events, unknown] of cases) {
    it(`reads ${pattern}`, () => assert.deepEqual(parseEventPattern(pattern), { events, unknown }));
  }
});
