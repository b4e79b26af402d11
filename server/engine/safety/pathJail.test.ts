import assert from 'node:assert/strict';
import fc from 'fast-check';
import { resolveInside } from './pathJail.ts';

const inside: readonly [string, string][] = [
  ['src/a.ts', 'src/a.ts'],
  ['./src//a.ts', 'src/a.ts'],
  ['src/../tests/a.test.js', 'tests/a.test.js'],
  ['a/./b/../c.py', 'a/c.py'],
  ['.github/readme.md', '.github/readme.md'],
  ['docs/[slug]/+page@2.ts', 'docs/[slug]/+page@2.ts'],
  ['$(touch pwn).ts', '$(touch pwn).ts'],
  [';id', ';id'],
  ['-rf', '-rf'],
  ['a b/c d.py', 'a b/c d.py'],
  ['tests/тест_é.py', 'tests/тест_é.py'],
  ['backup~', 'backup~'],
  ['100%.md', '100%.md'],
  ['console.log', 'console.log'],
  ['...a', '...a'],
];

const refused: readonly [string, RegExp][] = [
  ['../../etc/x', /leaves/],
  ['a/../../x', /leaves/],
  ['a/b/../../../c', /leaves/],
  ['..', /leaves/],
  ['/etc/x', /absolute/],
  ['//server/share/x', /absolute/],
  ['~/.bashrc', /home/],
  ['~root/x', /home/],
  ['..%2f..%2fetc', /percent/],
  ['%2e%2e/x', /percent/],
  ['..%252fx', /percent/],
  ['a%00b', /percent/],
  ['%u002e%u002e/x', /percent/],
  ['％2e％2e/x', /percent/],
  ['..\\x', /backslash/],
  ['\\\\server\\share\\x', /backslash/],
  ['\\\\?\\C:\\x', /backslash/],
  ['C:/Windows/x', /colon/],
  ['C:x', /colon/],
  ['file:///etc/x', /colon/],
  ['file:a', /colon/],
  ['vscode-remote://x/y', /colon/],
  ['a.txt:stream', /colon/],
  ['.git::$INDEX_ALLOCATION/config', /colon/],
  ['a：b', /colon/],
  ['a\u0000.ts', /control/],
  ['a\n.ts', /control/],
  ['a\u001b[2J', /control/],
  ['a\u009bm', /control/],
  ['.g\u200Cit/config', /invisible/],
  ['.git\uFEFF/config', /invisible/],
  ['a\u202Etxt.exe', /invisible/],
  ['a\u{E0041}', /invisible/],
  ['a\uD800b', /well-formed/],
  ['..／x', /slash/],
  ['..∕etc', /slash/],
  ['a⁄b', /slash/],
  ['..＼x', /slash/],
  ['a﹨b', /slash/],
  ['․․/x', /dot|\.\./],
  ['‥/x', /dot|\.\./],
  ['．．/x', /dot|\.\./],
  ['.\u0301./x', /dot|\.\./],
  ['.git./config', /ends in/],
  ['.git /config', /ends in/],
  ['a/...', /ends in/],
  ['a\u00A0', /ends in/],
  [' .git/config', /starts with a space/],
  ['GIT~1/config', /short/],
  ['a/PROGRA~1', /short/],
  ['GIT～1/config', /short/],
  ['～/x', /looks like ~/],
  ['./~', /home/],
  ['a/../~x/y', /home/],
  ['CON', /device/],
  ['src/nul.ts', /device/],
  ['COM¹.txt', /device/],
  ['ＡＵＸ', /device/],
  ['', /names no file/],
  ['.', /names no file/],
  ['a/..', /names no file/],
  ['src/', /names no file/],
  ['a'.repeat(2000), /longer/],
  [`src/${'é'.repeat(200)}`, /longer/],
];

describe('resolveInside', () => {
  for (const [path, expected] of inside) {
    it(`takes ${JSON.stringify(path)} as ${expected}`, () => {
      assert.deepEqual(resolveInside(path), { kind: 'inside', path: expected });
    });
  }

  for (const [path, reason] of refused) {
    it(`refuses ${JSON.stringify(path.slice(0, 40))}`, () => {
      const outcome = resolveInside(path);
      assert.equal(outcome.kind, 'refused');
      assert.match(outcome.kind === 'refused' ? outcome.reason : '', reason);
    });
  }

  it('never throws, and what it takes is canonical and below the folder', () => {
    const pieces = fc.constantFrom(
      '..',
      '.',
      '/',
      '\\',
      'a',
      '%2e',
      '%',
      ':',
      '~',
      '\u0000',
      ' ',
      '．',
      'src',
      '.git',
      '∕',
    );
    const path = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(pieces).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(path, (text) => {
        const outcome = resolveInside(text);
        if (outcome.kind === 'refused') return;
        assert.ok(
          outcome.path.split('/').every((segment) => segment !== '' && segment !== '.' && segment !== '..'),
        );
        assert.deepEqual(resolveInside(outcome.path), outcome);
      }),
      { numRuns: 2000 },
    );
  });
});
