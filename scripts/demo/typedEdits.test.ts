import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { applyEdits } from './applyEdits.ts';
import { demoPackages, readDemoEdit } from './demoPackages.ts';
import { typedEdits } from './typedEdits.ts';

const root = join(import.meta.dirname, '..', '..');

/** What an editor makes of typed edits. */
function type(text: string, edits: ReturnType<typeof typedEdits>): string {
  return edits.reduce((current, edit) => {
    const before = current.split('\n').slice(0, edit.line - 1);
    const at = before.reduce((sum, line) => sum + line.length + 1, 0) + edit.column - 1;
    return current.slice(0, at) + edit.text + current.slice(at + edit.selected);
  }, text);
}

describe('typedEdits', () => {
  for (const demo of demoPackages) {
    it(`types the change of ${demo.source} exactly, from the last place to the first`, () => {
      const { file, edits, bug } = readDemoEdit(root, demo);
      const published = readFileSync(join(root, 'test-fixtures/packages', demo.source, file), 'utf8');
      const changed = applyEdits(published, edits);
      const typed = typedEdits(published, changed);
      assert.equal(type(published, typed), changed);
      const lines = typed.map(({ line }) => line);
      assert.deepEqual(
        lines,
        lines.toSorted((a, b) => b - a),
      );
      const broken = applyEdits(changed, [bug]);
      assert.deepEqual(
        typedEdits(changed, broken).map(({ selected, text }) => [selected, text.length]),
        [[1, 1]],
      );
    });
  }
});

describe('applyEdits', () => {
  it('refuses a place that is missing or not the only one', () => {
    assert.throws(() => applyEdits('a b a', [{ before: 'a', after: 'c' }]), /2 times/);
    assert.throws(() => applyEdits('a b a', [{ before: 'x', after: 'c' }]), /0 times/);
  });
});
