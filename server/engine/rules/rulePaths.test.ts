import assert from 'node:assert/strict';
import { isLivePath, isRulePath, readLiveFolders, readRulePath } from './rulePaths.ts';

const folders = readLiveFolders([
  './docs/rules/',
  'packages\\web\\rules',
  '../out',
  '/etc',
  'C:/x',
  '.',
  ' ',
]);

describe('the path of a rule file', () => {
  const rows: readonly (readonly [
    path: string,
    isRule: boolean,
    isLive: boolean,
    name: string,
    scope: string,
  ])[] = [
    ['.cursor/rules/a.mdc', true, true, 'a', ''],
    ['.cursor/rules/deep/er/a.mdc', true, true, 'a', ''],
    ['.cursor/rules/style/RULE.md', true, true, 'style', ''],
    ['.cursor/rules/RULE.md', true, true, 'rules', ''],
    ['.cursor/rules/a.mdc.md', true, false, 'a', ''],
    ['.cursor/rules/readme.md', false, false, 'readme.md', ''],
    ['sub/.cursor/rules/a.mdc', true, true, 'a', 'sub'],
    ['a/b/.cursor/rules/x/RULE.md', true, true, 'x', 'a/b'],
    ['.cursorrules', true, true, '.cursorrules', ''],
    ['sub/.cursorrules', true, true, '.cursorrules', 'sub'],
    ['.cursor/drafts/a.mdc', true, false, 'a', ''],
    ['.cursor/drafts/x/RULE.md', true, false, 'x', ''],
    ['sub/.cursor/drafts/a.mdc', true, false, 'a', 'sub'],
    ['docs/a.mdc', true, false, 'a', ''],
    ['docs/rules/a.mdc', true, true, 'a', ''],
    ['docs/rules/x/RULE.md', true, true, 'x', ''],
    ['docs/rules/a.mdc.md', true, false, 'a', ''],
    ['docs/rules/.cursor/drafts/a.mdc', true, false, 'a', 'docs/rules'],
    ['docs/rulesets/a.mdc', true, false, 'a', ''],
    ['packages/web/rules/a.mdc', true, true, 'a', ''],
    ['out/a.mdc', true, false, 'a', ''],
    ['a.mdc', true, false, 'a', ''],
    ['RULE.md', true, false, 'RULE', ''],
    ['builtin:tests', false, false, 'tests', ''],
    ['my.cursor/rules/a.mdc', true, false, 'a', ''],
    ['src/a.ts', false, false, 'a.ts', ''],
  ];
  for (const [path, isRule, isLive, name, scope] of rows) {
    it(path, () => {
      const read = readRulePath(path);
      assert.deepEqual(
        [isRulePath(path), isLivePath(path, folders), read.name, read.scope],
        [isRule, isLive, name, scope],
      );
    });
  }

  it('is live outside of `.cursor` only in a folder that a setting names', () => {
    assert.equal(isLivePath('docs/rules/a.mdc'), false);
    assert.equal(isLivePath('docs/rules/a.mdc', folders), true);
  });
});
