import assert from 'node:assert/strict';
import { parseMarkedText } from '../../../test/markedText.ts';
import { createTextCatalog } from '../../../test/textCatalog.ts';

const path = 'web/.cursor/rules/a.mdc';
const files = {
  'docs/guide.md': '',
  'src/main.ts': '',
  'web/.cursor/rules/near.ts': '',
  '.cursor/rules/base.mdc': '',
  '.cursor/rules/style/RULE.md': '',
  'web/.cursor/rules/own.mdc': '---\nname: shown\n---\n',
  'builtin:tests': '',
};

describe('references', () => {
  /** The text of a rule with marks around the target of its only reference; none: it has none. */
  const rows: readonly (readonly [marked: string, reference: string, target?: string])[] = [
    ['---\nextends: <|./own.mdc|>\n---\n', 'parent ./own.mdc', 'web/.cursor/rules/own.mdc'],
    ['---\nextends: "<|base|>"\n---\n', 'parent base', '.cursor/rules/base.mdc'],
    ['---\nextends:\n  - <|builtin:tests|>\n---\n', 'parent builtin:tests', 'builtin:tests'],
    ['---\nextends: <|nobody|>\n---\n', 'parent nobody', 'missing'],
    ['A\n@include <|../../../docs/guide.md|>#Part one\n', 'include ../../../docs/guide.md', 'docs/guide.md'],
    ['@include <|docs/guide.md|>', 'include docs/guide.md', 'docs/guide.md'],
    ['See [the guide](mdc:<|docs/guide.md|>#part).', 'link docs/guide.md', 'docs/guide.md'],
    ['See [it](mdc:<|/src/main.ts|>)', 'link /src/main.ts', 'src/main.ts'],
    ['See [it](mdc:<|src/gone.ts|>)', 'link src/gone.ts', 'missing'],
    ['See @<|src/main.ts|>, please.', 'mention src/main.ts', 'src/main.ts'],
    ['(@<|near.ts|>)', 'mention near.ts', 'web/.cursor/rules/near.ts'],
    ['Ends with @<|src/main.ts|>.', 'mention src/main.ts', 'src/main.ts'],
    ['Follow @<|base|>.', 'mention base', '.cursor/rules/base.mdc'],
    ['Follow @<|base.mdc|>.', 'mention base.mdc', '.cursor/rules/base.mdc'],
    ['Follow @<|style|>', 'mention style', '.cursor/rules/style/RULE.md'],
    ['Follow @<|shown|>', 'mention shown', 'web/.cursor/rules/own.mdc'],
    ['A\n  @<|docs/gone.md|>  \nB', 'mention docs/gone.md', 'missing'],
    [
      '---\nactions:\n  - type: review\n    context: ["src/**", "@<|base|>"]\n---\n',
      'rule base',
      '.cursor/rules/base.mdc',
    ],
    [
      '---\nactions:\n  - type: review\n    context:\n      - <|style|>\n---\n',
      'rule style',
      '.cursor/rules/style/RULE.md',
    ],
    ['---\nactions:\n  - type: review\n    context: <|./gone.mdc|>\n---\n', 'rule ./gone.mdc', 'missing'],
    ['---\nactions:\n  - type: review\n    context: docs\n---\n', ''],
    ['Install @scope/package and @types/node.', ''],
    ['@staticmethod\n@pytest.mark.asyncio', ''],
    ['Write to me@base.com or user@src/main.ts.', ''],
    ['A @docs/gone.md in a sentence', ''],
    ['`@src/main.ts` and ``[it](mdc:src/main.ts)``', ''],
    ['```ts\n@src/main.ts\n[it](mdc:src/main.ts)\n@include docs/guide.md\n```', ''],
    ['1. List\n   ~~~\n   @src/main.ts\n   ~~~\n', ''],
    ['[up](mdc:#part)', ''],
    ['[\'"](mdc:?!secure_|private_)[^\'"]+', ''],
    ['@include mobile', ''],
  ];
  for (const [marked, reference, target] of rows) {
    it(`${marked.replaceAll('\n', '⏎')} is ${reference === '' ? 'text' : reference}`, () => {
      const { text, spans } = parseMarkedText(marked);
      const catalog = createTextCatalog({ ...files, [path]: text });
      const found = catalog.references(path);
      assert.deepEqual(
        found.map((each) => [`${each.kind} ${each.target}`, each.span]),
        reference === '' ? [] : [[reference, spans[0]]],
      );
      for (const each of found) {
        const resolved = catalog.resolve(each, path);
        assert.equal('path' in resolved ? resolved.path : resolved.kind, target);
        assert.ok(each.whole.start <= each.span.start && each.span.end <= each.whole.end);
      }
    });
  }

  it('hold the whole of what was written, and the heading', () => {
    const text = 'A [b](mdc:docs/guide.md#two) c\n@include docs/guide.md#Two words\n';
    const catalog = createTextCatalog({ ...files, [path]: text });
    assert.deepEqual(
      catalog.references(path).map(({ whole, heading }) => [text.slice(whole.start, whole.end), heading]),
      [
        ['[b](mdc:docs/guide.md#two)', 'two'],
        ['@include docs/guide.md#Two words', 'Two words'],
      ],
    );
  });
});

describe('a name that is referred to', () => {
  const target = (from: string, written: string, texts: Readonly<Record<string, string>>): string => {
    const catalog = createTextCatalog({ ...texts, [from]: `---\nextends: ${written}\n---\n` });
    const [reference] = catalog.references(from);
    assert.ok(reference);
    const found = catalog.resolve(reference, from);
    if (found.kind === 'ambiguous') return found.ruleIds.join(' or ');
    return 'path' in found ? found.path : found.kind;
  };
  const rows: readonly (readonly [
    title: string,
    from: string,
    written: string,
    paths: readonly string[],
    found: string,
  ])[] = [
    [
      'is looked for in its own folder',
      '.cursor/rules/x/a.mdc',
      'b',
      ['.cursor/rules/x/b.mdc', '.cursor/rules/b.mdc'],
      '.cursor/rules/x/b.mdc',
    ],
    [
      'then upwards',
      '.cursor/rules/x/y/a.mdc',
      'b',
      ['.cursor/rules/x/b.mdc', '.cursor/rules/b.mdc'],
      '.cursor/rules/x/b.mdc',
    ],
    [
      'then among all rules of its scope',
      'p/.cursor/rules/a.mdc',
      'b',
      ['p/.cursor/rules/deep/b.mdc', '.cursor/rules/b.mdc'],
      'p/.cursor/rules/deep/b.mdc',
    ],
    [
      'then at the root',
      'p/q/.cursor/rules/a.mdc',
      'b',
      ['.cursor/rules/deep/b.mdc', 'p/z/.cursor/rules/b.mdc'],
      '.cursor/rules/deep/b.mdc',
    ],
    ['then in the library', '.cursor/rules/a.mdc', 'b', ['builtin:b', 'p/.cursor/rules/b.mdc'], 'builtin:b'],
    [
      'is not the rule itself if there is another',
      'p/.cursor/rules/b.mdc',
      'b',
      ['.cursor/rules/b.mdc'],
      '.cursor/rules/b.mdc',
    ],
    [
      'is ambiguous when two are as near',
      '.cursor/rules/a.mdc',
      'b',
      ['.cursor/rules/y/b.mdc', '.cursor/rules/x/b.mdc'],
      '.cursor/rules/x/b.mdc or .cursor/rules/y/b.mdc',
    ],
    [
      'is not made ambiguous by drafts',
      '.cursor/rules/a.mdc',
      'b',
      ['.cursor/drafts/b.mdc', '.cursor/rules/x/b.mdc'],
      '.cursor/rules/x/b.mdc',
    ],
    [
      'may be a file name that lies further up',
      'p/.cursor/rules/a.mdc',
      'b.mdc',
      ['.cursor/rules/b.mdc'],
      '.cursor/rules/b.mdc',
    ],
    [
      'may be a path without its ending',
      '.cursor/rules/a.mdc',
      './x/b',
      ['.cursor/rules/x/b/RULE.md'],
      '.cursor/rules/x/b/RULE.md',
    ],
    [
      'is never found where a rule of another folder lies',
      'p/.cursor/rules/a.mdc',
      'b',
      ['q/.cursor/rules/b.mdc'],
      'missing',
    ],
    [
      'of a bundled rule is one of the library',
      'builtin:a',
      'b',
      ['.cursor/rules/b.mdc', 'builtin:b'],
      'builtin:b',
    ],
  ];
  for (const [title, from, written, paths, found] of rows) {
    it(title, () =>
      assert.equal(target(from, written, Object.fromEntries(paths.map((each) => [each, '']))), found),
    );
  }

  it('is known by whoever refers to it', () => {
    const catalog = createTextCatalog({
      '.cursor/rules/a.mdc': '---\nextends: c\n---\nSee @c and [x](mdc:docs/x.md).',
      '.cursor/rules/b.mdc': '@include docs/x.md',
      '.cursor/rules/c.mdc': '',
      'docs/x.md': '',
    });
    const names = (path: string): readonly string[] =>
      catalog.referrers(path).map((each) => `${each.path}: ${each.reference.kind}`);
    assert.deepEqual(names('.cursor/rules/c.mdc'), [
      '.cursor/rules/a.mdc: parent',
      '.cursor/rules/a.mdc: mention',
    ]);
    assert.deepEqual(names('docs/x.md'), ['.cursor/rules/a.mdc: link', '.cursor/rules/b.mdc: include']);
  });
});
