import assert from 'node:assert/strict';
import { applyPatch } from 'diff';
import fc from 'fast-check';
import { unifiedDiff } from './unifiedDiff.ts';

describe('a unified diff', () => {
  it('makes the text after of the text before', () => {
    const text = fc
      .array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 30 })
      .map((lines) => lines.map((line) => `${line}\n`).join(''));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const patch = unifiedDiff('src/a.ts', before, after);
        if (before === after) assert.equal(patch, '');
        else assert.equal(applyPatch(before, patch), after, patch);
      }),
    );
  });

  it('shows three lines around a change', () => {
    const before = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((line) => `${line}\n`).join('');
    assert.equal(
      unifiedDiff('a.txt', before, before.replace('5', 'five')),
      'diff --git a/a.txt b/a.txt\n--- a/a.txt\n+++ b/a.txt\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n',
    );
  });

  it('tells of new and deleted files', () => {
    assert.equal(
      unifiedDiff('a.txt', undefined, 'x\n'),
      'diff --git a/a.txt b/a.txt\n--- /dev/null\n+++ b/a.txt\n@@ -0,0 +1,1 @@\n+x\n',
    );
    assert.equal(
      unifiedDiff('a.txt', 'x\n', undefined),
      'diff --git a/a.txt b/a.txt\n--- a/a.txt\n+++ /dev/null\n@@ -1,1 +0,0 @@\n-x\n',
    );
  });
});
