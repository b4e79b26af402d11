import assert from 'node:assert/strict';
import { contextFiles } from './contextFiles.ts';

const files = ['docs/api.md', 'docs/old.md', 'src/a.ts', 'web/.env', 'web/docs/api.md', 'web/src/b.ts'];

describe('contextFiles', () => {
  const cases: readonly (readonly [
    title: string,
    context: readonly string[],
    scope: string,
    expected: readonly string[],
  ])[] = [
    ['reads globs from the workspace folder', ['docs/*.md'], '', ['docs/api.md', 'docs/old.md']],
    ['reads globs from the folder of the rule', ['docs/*.md'], 'web', ['web/docs/api.md']],
    ['takes a glob that repeats the folder', ['web/src/*.ts'], 'web', ['web/src/b.ts']],
    ['reads a mentioned path from both', ['@docs/api.md'], 'web', ['docs/api.md', 'web/docs/api.md']],
    ['leaves out what is excluded', ['docs/*.md', '!**/old.md'], '', ['docs/api.md']],
    ['names nothing by what it excludes alone', ['!**/old.md'], '', []],
    ['names no file that may hold secrets', ['**/.env'], '', []],
    ['passes over what is no glob', ['['.repeat(3000)], '', []],
  ];
  for (const [title, context, scope, expected] of cases) {
    it(title, () => assert.deepEqual(contextFiles(context, scope, files), expected));
  }
});
