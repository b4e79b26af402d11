import assert from 'node:assert/strict';
import { createInMemoryFiles } from '../../../test/inMemoryFiles.ts';
import { scriptPatterns } from '../../../test/scriptPatterns.ts';
import { createWorkspacePaths } from '../../rules/globs/workspacePaths.ts';
import { parseRuleDocument } from '../../rules/parseRuleDocument.ts';
import { findMatchedFiles, type MatchedFiles } from './matchedFiles.ts';

const paths = createWorkspacePaths(['a.py', 'b.ts', 'src/c.py', 'src/d.ts', 'src/e.ts']);

function find(
  keys: readonly string[],
  limit = 10,
  signal = new AbortController().signal,
): Promise<MatchedFiles> {
  const { file: rule } = parseRuleDocument('.cursor/rules/r.mdc', ['---', ...keys, '---', ''].join('\n'));
  const context = { files: createInMemoryFiles(), patterns: scriptPatterns };
  return findMatchedFiles({ root: '/w', rule, paths, limit, context, signal });
}

const python = 'filters: [{type: file_extension, pattern: "\\\\.py$"}]';

describe('findMatchedFiles', () => {
  const cases: readonly (readonly [
    title: string,
    keys: readonly string[],
    limit: number,
    files: readonly string[],
    more: boolean,
  ])[] = [
    ['all files of a rule without globs', ['priority: 1'], 10, paths.all(), false],
    ['those of its globs', ['globs: src/*.ts'], 10, ['src/d.ts', 'src/e.ts'], false],
    ['the first of many', ['globs: src/*'], 2, ['src/c.py', 'src/d.ts'], true],
    ['exactly as many as asked for', ['globs: src/*'], 3, ['src/c.py', 'src/d.ts', 'src/e.ts'], false],
    ['those that its filters on paths let through', [python], 10, ['a.py', 'src/c.py'], false],
    ['the first of those', [python], 1, ['a.py'], true],
    [
      'without asking filters on texts',
      ['globs: src/*.ts', 'filters: [{type: content, pattern: class}]'],
      10,
      ['src/d.ts', 'src/e.ts'],
      false,
    ],
  ];
  for (const [title, keys, limit, files, more] of cases) {
    it(`gives ${title}`, async () => assert.deepEqual(await find(keys, limit), { files, more }));
  }

  it('stops when it is aborted', async () => {
    await assert.rejects(find([python], 10, AbortSignal.abort()), { name: 'AbortError' });
  });
});
