import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { parse as parseYaml } from 'yaml';
import { parseRuleDocument } from '../parseRuleDocument.ts';
import { splitFrontmatter } from '../reading/splitFrontmatter.ts';
import { applyTextEdits } from './applyTextEdits.ts';
import { editFrontmatter, type FrontmatterChange } from './editFrontmatter.ts';
import { readFrontmatterRegion } from './keyRegion.ts';

const set = (key: string, value: string | boolean | readonly string[]): FrontmatterChange => ({
  kind: 'set',
  key,
  value,
});

function edit(text: string, change: FrontmatterChange): string {
  const result = editFrontmatter(text, change);
  assert.equal(result.kind, 'edits', text);
  return result.kind === 'edits' ? applyTextEdits(text, result.edits) : text;
}

describe('editFrontmatter', () => {
  const cases: readonly (readonly [
    title: string,
    before: string,
    change: FrontmatterChange,
    after: string,
  ])[] = [
    ['replaces a value', '---\na: 1\nname: x\n---\nB', set('name', 'two'), '---\na: 1\nname: two\n---\nB'],
    [
      'keeps a comment behind the value',
      '---\nname: x  # why\n---\n',
      set('name', 'two'),
      '---\nname: two  # why\n---\n',
    ],
    [
      'keeps a comment where no value was',
      '---\nname: # why\n---\n',
      set('name', 'two'),
      '---\nname: two # why\n---\n',
    ],
    ['gives an empty key a value', '---\nname:\n---\n', set('name', 'two'), '---\nname: two\n---\n'],
    [
      'puts a space behind a tight key',
      '---\nglobs:*.ts\n---\n',
      set('globs', ['a']),
      '---\nglobs: ["a"]\n---\n',
    ],
    [
      'writes a list with dashes as it was',
      '---\nglobs:\n  - a\n  - b\non: save\n---\n',
      set('globs', ['*.c', 'd']),
      '---\nglobs:\n  - "*.c"\n  - "d"\non: save\n---\n',
    ],
    [
      'replaces a folded text',
      '---\ndescription: >\n  a\n  b\non: save\n---\n',
      set('description', 'c: d'),
      '---\ndescription: "c: d"\non: save\n---\n',
    ],
    [
      'adds a key below the last',
      '---\na: 1\n# end\n---\n',
      set('name', 'x'),
      '---\na: 1\nname: x\n# end\n---\n',
    ],
    ['adds a key to empty frontmatter', '---\n---\nB', set('name', 'x'), '---\nname: x\n---\nB'],
    [
      'keeps the line breaks and the indentation',
      '\uFEFF---\r\n  a: 1\r\n---\r\nB',
      set('name', 'x'),
      '\uFEFF---\r\n  a: 1\r\n  name: x\r\n---\r\nB',
    ],
    ['makes frontmatter', '# T\r\n', set('alwaysApply', true), '---\r\nalwaysApply: true\r\n---\r\n# T\r\n'],
    ['makes it behind a byte order mark', '\uFEFFB', set('name', 'x'), '\uFEFF---\nname: x\n---\nB'],
    [
      'removes a key with all its lines',
      '---\na: 1\nglobs: # c\n  - x\n\n  - y\nb: 2\n---\n',
      { kind: 'remove', key: 'globs' },
      '---\na: 1\nb: 2\n---\n',
    ],
    [
      'renames a key',
      '---\nglob: "*.ts" # c\n---\n',
      { kind: 'rename', key: 'glob', name: 'globs' },
      '---\nglobs: "*.ts" # c\n---\n',
    ],
    ['removes nothing where nothing is', 'B', { kind: 'remove', key: 'globs' }, 'B'],
  ];
  for (const [title, before, change, after] of cases) {
    it(title, () => assert.equal(edit(before, change), after));
  }

  for (const text of ['---\nname: x\nB', '---js\nx\n---\n']) {
    it(`refuses ${JSON.stringify(text)}`, () =>
      assert.equal(editFrontmatter(text, set('name', 'two')).kind, 'refused'));
  }

  it('writes texts that YAML and our reader read back, whatever they are', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), (value) => {
        const text = edit('---\non: save\n---\nB', set('description', value));
        const { file } = parseRuleDocument('a.mdc', text);
        assert.equal(file.description, value);
        assert.equal((parseYaml(innerOf(text)) as Record<string, unknown>)['description'], value);
      }),
      { numRuns: 2000 },
    );
  });

  it('changes the key that it names and no other byte, in public rule files', () => {
    for (const text of publicTexts()) {
      for (const variant of [text, `\uFEFF${text.replaceAll('\n', '\r\n')}`]) assertOnlyNamed(variant);
    }
  });
});

function assertOnlyNamed(text: string): void {
  if (splitFrontmatter(text).kind === 'unclosed') return;
  const before = otherEntries(text, 'globs');
  const changed = edit(text, set('globs', ['src/{a,b}/**', '!**/*.c']));
  const { file } = parseRuleDocument('a.mdc', changed);
  assert.deepEqual(
    file.globs.map(({ value }) => value),
    ['src/{a,b}/**', '!**/*.c'],
  );
  assert.deepEqual(otherEntries(changed, 'globs'), before);
  assert.equal(file.body, parseRuleDocument('a.mdc', text).file.body);
  const removed = edit(changed, { kind: 'remove', key: 'globs' });
  assert.deepEqual(otherEntries(removed, 'globs'), before);
  assert.equal(parseRuleDocument('a.mdc', removed).file.globs.length, 0);
}

function otherEntries(text: string, key: string): readonly (readonly [string, string])[] {
  const parts = splitFrontmatter(text);
  if (parts.kind !== 'frontmatter') return [];
  return readFrontmatterRegion(text, parts.inner)
    .entries.filter((entry) => entry.key !== key)
    .map(({ key: name, value }) => [name, text.slice(value.start, value.end)]);
}

function innerOf(text: string): string {
  const parts = splitFrontmatter(text);
  return parts.kind === 'frontmatter' ? text.slice(parts.inner.start, parts.inner.end) : '';
}

function publicTexts(): readonly string[] {
  const corpus = new URL('../../../../test-fixtures/rules/corpus/', import.meta.url);
  return readdirSync(corpus, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.mdc(?:\.md)?$/.test(file))
    .map((file) => readFileSync(new URL(file, corpus), 'utf8'));
}
