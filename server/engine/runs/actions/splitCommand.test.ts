import assert from 'node:assert/strict';
import fc from 'fast-check';
import { displayOf } from './expandCommand.ts';
import { splitCommand } from './splitCommand.ts';

const split: readonly (readonly [line: string, words: readonly string[]])[] = [
  ['npm run lint', ['npm', 'run', 'lint']],
  ['  eslint   --fix\tsrc ', ['eslint', '--fix', 'src']],
  ['echo "a b" \'c d\'', ['echo', 'a b', 'c d']],
  ['echo a"b c"d', ['echo', 'ab cd']],
  ['echo "" x', ['echo', '', 'x']],
  ['echo "say \\"hi\\""', ['echo', 'say "hi"']],
  ["echo 'a\\b'", ['echo', 'a\\b']],
  ['C:\\tools\\lint.exe src\\a', ['C:\\tools\\lint.exe', 'src\\a']],
  ['touch a\\ b', ['touch', 'a b']],
  ['find . -exec ls {} \\;', ['find', '.', '-exec', 'ls', '{}', ';']],
  ['echo a&b x=1|2', ['echo', 'a&b', 'x=1|2']],
  ['echo "&&" \'|\'', ['echo', '&&', '|']],
];

const invalid: readonly (readonly [line: string, reason: RegExp])[] = [
  ['', /is empty/],
  ['   ', /is empty/],
  ['echo "a', /not closed/],
  ["echo it's", /not closed/],
  ['a && b', /`&&`.*`shell: true`/],
  ['a || b', /`\|\|`/],
  ['a | b', /`\|`/],
  ['a > b', /`>`/],
  ['a 2>&1', /`2>`/],
  ['a; b', /`;`/],
  ['a ;', /`;`/],
  ['echo $(b)', /`\$\(`/],
  ['echo `b`', /`` ` ``|``/],
];

describe('a command line', () => {
  for (const [line, words] of split)
    it(`is split: ${line}`, () => assert.deepEqual(splitCommand(line), { kind: 'split', words }));

  for (const [line, reason] of invalid)
    it(`is refused: ${JSON.stringify(line)}`, () => {
      const found = splitCommand(line);
      assert.ok(found.kind === 'invalid');
      assert.match(found.reason, reason);
    });

  it('gives back what was shown of arguments', () => {
    const words = fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1 });
    fc.assert(
      fc.property(words, (argv) => {
        assert.deepEqual(splitCommand(displayOf(argv)), { kind: 'split', words: argv });
      }),
    );
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string(), (line) => void splitCommand(line)));
  });
});
