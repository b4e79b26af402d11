import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ProposedFile } from '../../protocol/runEvents.ts';
import { changeOf, countLines, renderDiff } from './renderDiff.ts';

const long = Array.from({ length: 6_000 }, (_, at) => `line ${at}\n`).join('');
const otherLong = Array.from({ length: 6_000 }, (_, at) => `other ${at}\n`).join('');

const cases: readonly (readonly [string, ProposedFile])[] = [
  ['a change', { path: 'src/a.js', before: 'one\ntwo\nthree\n', after: 'one\n2\nthree\n' }],
  ['a missing final line break', { path: 'a.txt', before: 'one\ntwo', after: 'one\ntwo\n' }],
  ['CRLF', { path: 'a.txt', before: 'one\r\ntwo\r\n', after: 'one\r\n2\r\n' }],
  ['a new file in a new folder', { path: 'test/new.test.js', after: 'new\nfile\n' }],
  ['a new file without a final line break', { path: 'new.js', after: 'new' }],
  ['a new empty file', { path: 'pkg/__init__.py', after: '' }],
  ['a deleted file', { path: 'old.js', before: 'old\n' }],
  ['a deleted empty file', { path: 'empty.js', before: '' }],
  ['a name with spaces and letters beyond ASCII', { path: 'src/naïve file.js', before: 'a\n', after: 'b\n' }],
  ['texts that have nothing in common', { path: 'long.txt', before: long, after: otherLong }],
  [
    'long texts without a final line break',
    { path: 'long.txt', before: long.trimEnd(), after: otherLong.trimEnd() },
  ],
];

describe('renderDiff', function () {
  this.timeout(20_000);
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'codegen-lab-diff-'));
    execFileSync('git', ['init', '-q'], { cwd: folder });
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  for (const [what, file] of cases) {
    it(`makes a patch that git applies: ${what}`, () => {
      const path = join(folder, file.path);
      mkdirSync(dirname(path), { recursive: true });
      if (file.before !== undefined) writeFileSync(path, file.before);
      execFileSync('git', ['apply', '--whitespace=nowarn', '-'], { cwd: folder, input: renderDiff(file) });
      assert.equal(existsSync(path) ? readFileSync(path, 'utf8') : undefined, file.after);
    });
  }

  it('is empty when nothing differs', () => {
    assert.equal(renderDiff({ path: 'a.js', before: 'a\n', after: 'a\n' }), '');
  });

  it('counts the lines of the texts, not of the headers', () => {
    const diff = renderDiff({ path: 'a.js', before: 'a\n-- b\nc\n', after: 'a\n++ b\nc\nd\n' });
    assert.deepEqual(countLines(diff), { added: 2, removed: 1 });
    assert.deepEqual(countLines(renderDiff({ path: 'a.js', after: '' })), { added: 0, removed: 0 });
  });

  it('tells a new file from a deleted and a changed one', () => {
    assert.deepEqual(
      [
        { path: 'a', after: '' },
        { path: 'a', before: '' },
        { path: 'a', before: '', after: 'x' },
      ].map(changeOf),
      ['create', 'delete', 'modify'],
    );
  });
});
