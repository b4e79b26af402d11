import assert from 'node:assert/strict';
import { createAuthoringFile, takeCursor } from '../../../test/authoringFile.ts';
import { applyTextEdits } from '../../rules/editing/applyTextEdits.ts';
import { findDefinition } from './findDefinition.ts';
import { findReferencesTo } from './findReferences.ts';
import { joinPath } from './joinPath.ts';
import { relativePath } from './relativePath.ts';
import { renameFiles } from './renameFiles.ts';
import { prepareRename, renameRule } from './renameRule.ts';

const path = '.cursor/rules/x.mdc';
const others = {
  'builtin:review': '---\nabstract: true\n---\n',
  '.cursor/rules/base.mdc': '---\nabstract: true\n---\n# One\n## Two words\n',
  '.cursor/rules/named.mdc': '---\nname: house-style\n---\nSee @base.mdc\n',
  'docs/parts.md': '# Setup\n',
  'src/a.ts': '',
};

function at(marked: string, extra: Readonly<Record<string, string>> = {}) {
  const { text, offset } = takeCursor(marked);
  return { file: createAuthoringFile(path, text, { rules: { ...others, ...extra } }), offset, text };
}

describe('definitions', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['---\nextends: ba<||>se\n---\n', ['.cursor/rules/base.mdc: ---']],
    ['---\nextends: [./base.mdc, hou<||>se-style]\n---\n', ['.cursor/rules/named.mdc: ---']],
    ['@include ./ba<||>se.mdc#Two words\n', ['.cursor/rules/base.mdc: Two words']],
    ['@incl<||>ude ../../docs/parts.md#setup\n', ['docs/parts.md: Setup']],
    ['[a](mdc:do<||>cs/parts.md)\n', ['docs/parts.md: ']],
    ['See @src/<||>a.ts.\n', ['src/a.ts: ']],
    ['@include ./now<||>here.md\n', []],
    ['---\nextends: builtin:x<||>\n---\n', []],
    ['---\nextends: builtin:rev<||>iew\n---\n', ['builtin:review: ---']],
  ];
  for (const [marked, expected] of cases) {
    it(JSON.stringify(marked), () => {
      const { file, offset } = at(marked);
      const places = findDefinition(file, offset)?.places ?? [];
      assert.deepEqual(
        places.map(({ path: to, text, span }) => `${to}: ${text?.slice(span.start, span.end) ?? ''}`),
        expected,
      );
    });
  }

  it('are none where nothing is referred to', () => {
    const { file, offset } = at('---\nglobs: a<||>\n---\n');
    assert.equal(findDefinition(file, offset), undefined);
  });
});

describe('references', () => {
  it('are those to what is referred to at the place, in every file', () => {
    const { file, offset } = at('---\nextends: ba<||>se\n---\n');
    const found = findReferencesTo(file, offset).map((each) => `${each.path}: ${each.reference.target}`);
    assert.deepEqual(found.toSorted(), ['.cursor/rules/named.mdc: base.mdc', '.cursor/rules/x.mdc: base']);
  });

  it('are those to the file on its own fence', () => {
    const { file, offset } = at('<||>---\nglobs: a\n---\n', {
      'y.mdc': '---\nextends: .cursor/rules/x.mdc\n---\n',
    });
    assert.deepEqual(
      findReferencesTo(file, offset).map((each) => each.path),
      ['y.mdc'],
    );
  });
});

describe('renaming files', () => {
  const move = (marked: string, moved: Readonly<Record<string, string>>): string => {
    const { file, text } = at(marked);
    return applyTextEdits(text, renameFiles(file.catalog, new Map(Object.entries(moved))).get(path) ?? []);
  };
  const cases: readonly (readonly [string, string, Readonly<Record<string, string>>, string])[] = [
    [
      'a relative path',
      '@include ./base.mdc\n',
      { '.cursor/rules/base.mdc': 'docs/b.mdc' },
      '@include ../../docs/b.mdc\n',
    ],
    [
      'a relative path with a heading',
      '@include ./base.mdc#One\n',
      { '.cursor/rules/base.mdc': '.cursor/rules/b.mdc' },
      '@include ./b.mdc#One\n',
    ],
    ['a path from the root', 'See @src/a.ts.\n', { 'src/a.ts': 'lib/b.ts' }, 'See @lib/b.ts.\n'],
    ['a link', '[a](mdc:docs/parts.md)\n', { 'docs/parts.md': 'docs/p.md' }, '[a](mdc:docs/p.md)\n'],
    [
      'a name that comes from the file',
      '---\nextends: base\n---\n',
      { '.cursor/rules/base.mdc': '.cursor/rules/b.mdc' },
      '---\nextends: b\n---\n',
    ],
    [
      'a name that is written',
      '---\nextends: house-style\n---\n',
      { '.cursor/rules/named.mdc': '.cursor/rules/n.mdc' },
      '---\nextends: house-style\n---\n',
    ],
    [
      'a move that keeps the name',
      '---\nextends: base\n---\n',
      { '.cursor/rules/base.mdc': '.cursor/base.mdc' },
      '---\nextends: base\n---\n',
    ],
    [
      'the file itself, with relative paths in it',
      '@include ./base.mdc\nSee @src/a.ts.\n',
      { [path]: 'docs/x.mdc' },
      '@include ../.cursor/rules/base.mdc\nSee @src/a.ts.\n',
    ],
    [
      'both ends of a reference',
      '@include ./base.mdc\n',
      { [path]: 'r/x.mdc', '.cursor/rules/base.mdc': 'r/base.mdc' },
      '@include ./base.mdc\n',
    ],
    [
      'an include whose file gets a name with blanks',
      '@include ./base.mdc#One\n',
      { '.cursor/rules/base.mdc': '.cursor/rules/b & c.mdc' },
      '@include ./b%20&%20c.mdc#One\n',
    ],
    [
      'a link whose file gets a name with brackets',
      '[a](mdc:docs/parts.md)\n',
      { 'docs/parts.md': 'docs/the parts (1).md' },
      '[a](mdc:docs/the%20parts%20%281%29.md)\n',
    ],
    [
      'a link with escapes',
      '[a](mdc:docs/p%61rts.md)\n',
      { 'docs/parts.md': 'docs/p.md' },
      '[a](mdc:docs/p.md)\n',
    ],
    [
      'a mention of a file that gets a name with blanks',
      'See @src/a.ts.\n',
      { 'src/a.ts': 'src/a b.ts' },
      'See [a b.ts](mdc:src/a%20b.ts).\n',
    ],
    [
      'a mention of a rule that gets a name with blanks',
      'See @base now\n',
      { '.cursor/rules/base.mdc': '.cursor/rules/b c.mdc' },
      'See [b c.mdc](mdc:.cursor/rules/b%20c.mdc) now\n',
    ],
    [
      'a parent that gets a name that needs quotes',
      '---\nextends: [base]\n---\n',
      { '.cursor/rules/base.mdc': '.cursor/rules/on.mdc' },
      '---\nextends: ["on"]\n---\n',
    ],
  ];
  for (const [what, text, moved, expected] of cases) {
    it(`updates ${what}`, () => assert.equal(move(text, moved), expected));
  }

  it('gives references that name the same file after the move', () => {
    for (const [, text, moved] of cases) {
      const { file } = at(text);
      const before = file.catalog.references(path).map((reference) => file.catalog.resolve(reference, path));
      const to = moved[path] ?? path;
      const files = Object.fromEntries(
        Object.entries(others).map(([name, content]) => [moved[name] ?? name, content]),
      );
      const after = createAuthoringFile(to, move(text, moved), { rules: files });
      const targets = after.catalog.references(to).map((reference) => after.catalog.resolve(reference, to));
      const expected = before.map((target) =>
        'path' in target ? (moved[target.path] ?? target.path) : target.kind,
      );
      assert.deepEqual(
        targets.map((target) => ('path' in target ? target.path : target.kind)),
        expected,
        text,
      );
    }
  });
});

describe('renaming', () => {
  const rename = (marked: string, name: string, extra: Readonly<Record<string, string>> = {}): unknown => {
    const { file, offset } = at(marked, extra);
    const renaming = renameRule(file, offset, name);
    if (renaming.kind === 'refused') return renaming.reason;
    const texts = [...renaming.edits].map(([changed, edits]) => [
      changed,
      applyTextEdits(file.catalog.text(changed) ?? '', edits),
    ]);
    return { ...Object.fromEntries(texts), ...(renaming.file ? { file: renaming.file.to } : {}) };
  };
  it('changes a written name and the references by it', () => {
    assert.deepEqual(rename('---\nextends: house<||>-style\n---\n', 'code: style'), {
      '.cursor/rules/named.mdc': '---\nname: "code: style"\n---\nSee @base.mdc\n',
      [path]: '---\nextends: "code: style"\n---\n',
    });
  });
  it('keeps the comment behind a name', () => {
    assert.deepEqual(rename('---\nname: to<||>ne # loud\n---\n', 'style'), {
      [path]: '---\nname: style # loud\n---\n',
    });
  });
  it('gives a file whose name is meant another name', () => {
    assert.deepEqual(rename('---\nextends: ba<||>se\n---\n', 'root'), {
      [path]: '---\nextends: root\n---\n',
      '.cursor/rules/named.mdc': '---\nname: house-style\n---\nSee @root.mdc\n',
      file: '.cursor/rules/root.mdc',
    });
  });
  it('gives a file that is named by path another path', () => {
    assert.deepEqual(rename('See @src/<||>a.ts.\n', 'lib/b.ts'), {
      [path]: 'See @lib/b.ts.\n',
      file: 'lib/b.ts',
    });
  });
  it('is refused where a reference would name two rules, or another one', () => {
    const clash = /already, and .cursor\/rules\/x.mdc would no longer name the one it means/;
    const same = { 'sub.mdc': '', 'pkg/.cursor/rules/far.mdc': '' };
    assert.match(String(rename('---\nextends: ba<||>se\n---\n', 'sub', same)), clash);
    assert.match(String(rename('---\nextends: ba<||>se\n---\n@sub\n', 'sub', same)), clash);
    assert.match(String(rename('---\nextends: [sub, ./ba<||>se.mdc]\n---\n', './sub.mdc', same)), clash);
    assert.equal(
      (rename('---\nextends: ba<||>se\n---\n', 'far', same) as { readonly file: string }).file,
      '.cursor/rules/far.mdc',
    );
  });
  it('gives a block another name, at its name alone', () => {
    const block = '---\nname: rule-name\n---\n<rule>\nname: "to<||>ne" # loud\ndescription: name\n</rule>\n';
    assert.deepEqual(rename(block, ' style '), {
      [path]: '---\nname: rule-name\n---\n<rule>\nname: style # loud\ndescription: name\n</rule>\n',
    });
    const { file, offset } = at(block);
    const place = prepareRename(file, offset);
    assert.equal(file.document.text.slice(place?.span.start, place?.span.end), 'tone');
    assert.equal(place?.placeholder, 'tone');
  });
  const refusals: readonly (readonly [string, string, RegExp])[] = [
    ['---\nglobs: a<||>\n---\n', 'x', /Only names/],
    ['---\nextends: ba<||>se\n---\n', ' ', /at least one letter/],
    ['---\nextends: ba<||>se\n---\n', 'a/b', /a file name has none of/],
    ['---\nextends: ./ba<||>se.mdc\n---\n', './named.mdc', /is there already/],
    ['---\nextends: ./ba<||>se.mdc\n---\n', '../../../x.mdc', /has to lie in the workspace/],
    ['---\nextends: builtin:ba<||>se\n---\n', 'x', /Only names/],
    ['<rule>\nname: to<||>ne\n</rule>\n', ' ', /at least one letter/],
    ['<rule>\nname: tone\ndescri<||>ption: x\n</rule>\n', 'x', /Only names/],
  ];
  for (const [marked, name, reason] of refusals) {
    it(`is refused: ${JSON.stringify(marked)} to ${JSON.stringify(name)}`, () =>
      assert.match(String(rename(marked, name, { 'builtin:base': '' })), reason));
  }
});

describe('paths', () => {
  it('are relative as people write them, and lead back', () => {
    const pairs = [
      ['a/b.mdc', 'a/c.mdc', './c.mdc'],
      ['a/b.mdc', 'c.mdc', '../c.mdc'],
      ['b.mdc', 'a/c.mdc', './a/c.mdc'],
      ['a/b/c.mdc', 'a/d/e.mdc', '../d/e.mdc'],
    ] as const;
    for (const [from, to, expected] of pairs) {
      assert.equal(relativePath(from, to), expected);
      assert.equal(joinPath(from, expected), to);
    }
    assert.equal(joinPath('a.mdc', '../../x'), '../../x');
  });
});
