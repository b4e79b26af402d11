import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { parse as parseYaml } from 'yaml';
import { parseRuleDocument } from '../parseRuleDocument.ts';
import { splitFrontmatter } from '../reading/splitFrontmatter.ts';
import { migrateRule } from './migrateRule.ts';

describe('migrateRule', () => {
  const cases: readonly (readonly [title: string, before: string, after: string, changes: number])[] = [
    ['leaves a canonical file alone', '---\nglobs: "**/*.ts"\non: save\n---\nB', '', 0],
    ['leaves a file without frontmatter alone', '# Text\n', '', 0],
    ['quotes one glob', '---\nglobs: **/*.ts # all\n---\nB', '---\nglobs: "**/*.ts" # all\n---\nB', 1],
    [
      'writes several globs as a list',
      '---\nglobs: *.ts, src/{a,b}/**\n---\nB',
      '---\nglobs: ["*.ts", "src/{a,b}/**"]\n---\nB',
      1,
    ],
    ['keeps globs that YAML reads', '---\nglobs: src/**, test/*.ts\n---\nB', '', 0],
    [
      'quotes in a list with dashes',
      '---\nglobs:\n  - *.a\n  - b\n---\n',
      '---\nglobs:\n  - "*.a"\n  - "b"\n---\n',
      1,
    ],
    [
      'keeps comments between the entries of a list',
      '---\nglobs:\n  - *.a # one\n  # two\n  - *.b\n---\n',
      '---\nglobs:\n  - "*.a" # one\n  # two\n  - "*.b"\n---\n',
      1,
    ],
    [
      'quotes a description that holds a colon, and one that holds a number sign',
      '---\ndescription: a: b\nname: fix #12\n---\n',
      '---\ndescription: "a: b"\nname: "fix #12"\n---\n',
      2,
    ],
    ['reads a word as a boolean', '---\nalwaysApply: "true"\n---\n', '---\nalwaysApply: true\n---\n', 1],
    ['leaves a boolean alone that is none', '---\nalwaysApply: [true]\npriority: [1]\n---\n', '', 0],
    ['leaves a list alone where one text is read', '---\ndescription:\n  - a\n  - b\n---\n', '', 0],
    [
      'leaves the lists and maps of unknown keys alone',
      '---\nauthors: [a, b]\nteam: {a: b}\nlinks:\n  - a\n---\n',
      '',
      0,
    ],
    ['quotes an unknown key that is no YAML', '---\nowner: @team\n---\n', '---\nowner: "@team"\n---\n', 1],
    [
      'writes a space in place of a tab behind a colon',
      '---\nname:\ta1\nenabled: \ttrue\nglobs:\t*.ts\nmetadata:\n  a:\tb\n  "c" :\td\n---\n',
      '---\nname: a1\nenabled: true\nglobs: "*.ts"\nmetadata:\n  a: b\n  "c" : d\n---\n',
      5,
    ],
    ['puts a space behind a tight key', '---\nname:x1\n---\n', '---\nname: x1\n---\n', 1],
    ['removes a key that says the same twice', '---\nname: a1\nname: a1\n---\n', '---\nname: a1\n---\n', 1],
    ['keeps two that say different things', '---\nname: a1\nname: b1\n---\n', '', 0],
    ['closes frontmatter', '---\nname: a1\n\n# Text\n', '---\nname: a1\n---\n\n# Text\n', 1],
    ['moves frontmatter up', '\uFEFF\n\n---\nname: a1\n---\nB', '\uFEFF---\nname: a1\n---\nB', 1],
    ['spells events', '---\non: [file_save, create]\n---\n', '---\non: [save, create]\n---\n', 1],
    [
      'keeps line breaks, tabs apart',
      '---\r\nfilters:\r\n\t- type: path\r\n\t  pattern: "\\d"\r\n---\r\nB\r\n',
      '---\r\nfilters:\r\n  - type: file_path\r\n    pattern: "\\\\d"\r\n---\r\nB\r\n',
      2,
    ],
    [
      'leaves a block open whose end nobody knows',
      '<rule>\nname: x\n\nText\n\nfilters:\n  - type: file_path\n    pattern: a\n',
      '',
      0,
    ],
    [
      'closes a block above the text below it',
      '<rule>\nname: x\n\nText\n',
      '<rule>\nname: x\n</rule>\n\nText\n',
      1,
    ],
    [
      'closes a block and spells its words, but not `enforce`',
      'T\n<rule>\nname: x\nfilters:\n  - type: event\n    pattern: "file_create|file_edit"\nactions:\n  - type: enforce\n  - type: execute\n    command: a',
      'T\n<rule>\nname: x\nfilters:\n  - type: event\n    pattern: "create|save"\nactions:\n  - type: enforce\n  - type: run\n    command: a\n</rule>\n',
      3,
    ],
  ];
  for (const [title, before, after, changes] of cases) {
    it(title, () => {
      const migrated = migrateRule('.cursor/rules/a.mdc', before);
      assert.equal(migrated.newText, after === '' ? before : after);
      assert.equal(migrated.changes.length, changes, migrated.changes.join());
    });
  }

  it('renames a file that ends in .mdc.md', () => {
    const { newPath, changes } = migrateRule('.cursor/rules/a.mdc.md', 'B');
    assert.deepEqual([newPath, changes.length], ['.cursor/rules/a.mdc', 1]);
  });

  it('turns .cursorrules into a rule that always applies, with the same text', () => {
    const text = '\uFEFFBe kind.\r\n';
    const { newPath, newText } = migrateRule('sub/.cursorrules', text);
    assert.equal(newPath, 'sub/.cursor/rules/cursorrules.mdc');
    const { file } = parseRuleDocument(newPath, newText);
    assert.deepEqual([file.kind, file.scope, file.body], ['always', 'sub', 'Be kind.\r\n']);
  });

  it('leaves .cursorrules alone whose blocks would come to life', () => {
    const text = 'A\n<rule>\nname: x\n</rule>\n';
    const { newPath, newText, changes } = migrateRule('.cursorrules', text);
    assert.deepEqual([newPath, newText, changes], ['.cursorrules', text, []]);
  });

  it('names what only a person can mend', () => {
    const { left } = migrateRule('a.mdc', '---\nname: a\nsomething\n---\n');
    assert.deepEqual(
      left.map(({ code }) => code),
      ['rule.bad-yaml'],
    );
  });

  it('says the same afterwards, once and for all, whatever it is given', () => {
    const text = fc.array(piece, { maxLength: 40 }).map((pieces) => `---\n${pieces.join('')}`);
    fc.assert(
      fc.property(text, (written) => {
        const { newText, newPath, left } = migrateRule('a.mdc', written);
        const [before, after] = [parseRuleDocument('a.mdc', written), parseRuleDocument(newPath, newText)];
        assert.deepEqual(
          after.file.globs.map(({ value }) => value),
          before.file.globs.map(({ value }) => value),
        );
        assert.equal(after.file.kind, before.file.kind);
        assert.ok(left.length <= before.problems.filter(({ severity }) => severity === 'error').length);
        assert.equal(migrateRule(newPath, newText).newText, newText);
      }),
      { numRuns: 1500 },
    );
  });

  for (const [path, text] of publicFiles()) {
    it(`keeps what ${path} says, as valid YAML, once and for all`, () => {
      for (const variant of [text, `\uFEFF${text.replaceAll('\n', '\r\n')}`]) assertMigrates(path, variant);
    });
  }
});

const piece = fc.constantFrom(
  ...[
    '---\n',
    '\n',
    '\r\n',
    ' ',
    '\t',
    ': ',
    '- ',
    ' # x',
    '"',
    "'",
    '[',
    ']',
    '*',
    '!',
    '|',
    '>',
    ', ',
    'T\n',
    '\uFEFF',
  ],
  ...[
    'globs: ',
    'globs:',
    'description: ',
    'alwaysApply: "true"\n',
    'on: file_save\n',
    'name: a',
    '**/*.ts',
    'filters:\n',
  ],
  ...[
    '  - type: path\n',
    '    pattern: "\\d"\n',
    '<rule>\n',
    '</rule>\n',
    'actions:\n',
    '  - type: execute\n',
  ],
);

function assertMigrates(path: string, text: string): void {
  const { newPath, newText, left } = migrateRule(path, text);
  const [before, after] = [parseRuleDocument(path, text), parseRuleDocument(newPath, newText)];
  assert.deepEqual(after.file.kind, before.file.kind);
  assert.deepEqual(
    after.file.globs.map(({ value }) => value),
    before.file.globs.map(({ value }) => value),
  );
  assert.equal(after.blocks.length, before.blocks.length);
  if (before.blocks.length === 0) assert.equal(after.file.body, before.file.body);
  const parts = splitFrontmatter(newText);
  if (parts.kind === 'frontmatter') parseYaml(newText.slice(parts.inner.start, parts.inner.end));
  // A pattern or a filter that its author did not finish is not for us to finish.
  assert.deepEqual(
    left.filter(({ code }) => code !== 'rule.bad-pattern' && code !== 'rule.wrong-type'),
    [],
  );
  const again = migrateRule(newPath, newText);
  assert.deepEqual([again.newPath, again.newText, again.changes], [newPath, newText, []]);
}

function publicFiles(): readonly (readonly [path: string, text: string])[] {
  const corpus = new URL('../../../../test-fixtures/rules/corpus/', import.meta.url);
  return readdirSync(corpus, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.mdc(?:\.md)?$/.test(file))
    .map((file) => [file, readFileSync(new URL(file, corpus), 'utf8')]);
}
