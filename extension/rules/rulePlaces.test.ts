import assert from 'node:assert/strict';
import { faultOfRuleName, promotedPath } from './rulePlaces.ts';

describe('promotedPath', () => {
  const cases: readonly (readonly [path: string, expected: string | undefined])[] = [
    ['/w/.cursor/drafts/a.mdc', '/w/.cursor/rules/a.mdc'],
    ['/w/sub/.cursor/drafts/deep/a.mdc', '/w/sub/.cursor/rules/deep/a.mdc'],
    ['.cursor/drafts/a.mdc', '.cursor/rules/a.mdc'],
    ['/w/.cursor/rules/a.mdc', undefined],
    ['/w/x.cursor/drafts/a.mdc', undefined],
  ];
  for (const [path, expected] of cases) {
    it(`takes ${path} to ${expected ?? 'nowhere'}`, () => assert.equal(promotedPath(path), expected));
  }
});

describe('faultOfRuleName', () => {
  for (const name of ['write-tests', 'a.b', '_x', 'prüfung']) {
    it(`takes ${name}`, () => assert.equal(faultOfRuleName(name), undefined));
  }
  for (const name of ['', '.hidden', '-x', 'a/b', '..', 'a b', 'a.']) {
    it(`refuses “${name}”`, () => assert.ok(faultOfRuleName(name)));
  }
});
