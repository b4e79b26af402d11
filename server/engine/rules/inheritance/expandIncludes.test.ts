import assert from 'node:assert/strict';
import { createTextCatalog } from '../../../test/textCatalog.ts';

const path = '.cursor/rules/a.mdc';

/** The effective body of a rule with this body, and `code: text of the reference` of each problem. */
function expand(
  body: string,
  files: Readonly<Record<string, string>> = {},
): { readonly body: string | undefined; readonly problems: readonly string[]; readonly messages: string } {
  const text = `---\ndescription: x\n---\n${body}`;
  const catalog = createTextCatalog({ ...files, [path]: text });
  const effective = catalog.effective(path);
  const problems = effective?.problems ?? [];
  return {
    body: effective?.rule.body,
    problems: problems.map(({ code, span }) => `${code}: ${text.slice(span.start, span.end)}`),
    messages: problems.map(({ message }) => message).join('\n'),
  };
}

describe('@include', () => {
  const rows: readonly (readonly [
    title: string,
    body: string,
    files: Readonly<Record<string, string>>,
    expanded: string,
  ])[] = [
    [
      'puts a text in the place of its line',
      'A\n@include ./b.md\nC\n',
      { '.cursor/rules/b.md': 'B\n' },
      'A\nB\nC\n',
    ],
    [
      'looks in the folder of the rule first',
      '@include b.md',
      { '.cursor/rules/b.md': 'near', 'b.md': 'far' },
      'near',
    ],
    ['then at the root', '@include docs/b.md', { 'docs/b.md': 'B' }, 'B'],
    ['goes from the root by a slash', '@include /docs/b.md', { 'docs/b.md': 'B' }, 'B'],
    ['goes up by dots', '@include ../../docs/b.md', { 'docs/b.md': 'B' }, 'B'],
    [
      'takes one section, up to the next heading of its level',
      '@include b.md#Naming & style\nend',
      { 'b.md': '# One\nx\n## Naming & style\ny\n### Deep\nz\n## Next\n' },
      '## Naming & style\ny\n### Deep\nz\nend',
    ],
    [
      'finds a heading by its anchor',
      '@include b.md#the-end',
      { 'b.md': '# One\nx\n# The end\ny' },
      '# The end\ny',
    ],
    [
      'takes no heading in a fence for one',
      '@include b.md#Two',
      { 'b.md': '# One\n```\n# Two\n```\n# Two\ny' },
      '# Two\ny',
    ],
    [
      'reads underlined headings',
      '@include b.md#Two',
      { 'b.md': 'One\n===\nx\n\nTwo\n---\ny\n' },
      'Two\n---\ny',
    ],
    [
      'reads what a fragment includes from the folder of the fragment',
      '@include docs/b.md',
      { 'docs/b.md': 'B\n@include ./c.md\nD', 'docs/c.md': 'C' },
      'B\nC\nD',
    ],
    [
      'leaves the frontmatter of what it includes',
      '@include b.md\n@include ./other.mdc',
      { 'b.md': '---\ntitle: x\n---\nB', '.cursor/rules/other.mdc': '---\nglobs: x\n---\nOther' },
      'B\nOther',
    ],
    ['is text in indented code', 'A\n\n    @include b.md\n', { 'b.md': 'B' }, 'A\n\n    @include b.md\n'],
    [
      'is text in code at the start, by tabs, and behind a heading',
      '\t@include b.md\n# H\n    @include b.md\n\n    x\n\n    @include b.md\n',
      { 'b.md': 'B' },
      '\t@include b.md\n# H\n    @include b.md\n\n    x\n\n    @include b.md\n',
    ],
    [
      'goes on with a paragraph, however far it is indented',
      'A\n    @include b.md\n',
      { 'b.md': 'B' },
      'A\n    B\n',
    ],
    [
      'may stand in an entry of a list',
      '- A\n\n  - C\n\n    @include b.md\n',
      { 'b.md': 'B' },
      '- A\n\n  - C\n\n    B\n',
    ],
    [
      'is text in code in an entry of a list',
      '1. A\n\n       @include b.md\n',
      { 'b.md': 'B' },
      '1. A\n\n       @include b.md\n',
    ],
    [
      'is none of a list any more behind a paragraph of its own',
      '- A\n\nText\n\n    @include b.md\n',
      { 'b.md': 'B' },
      '- A\n\nText\n\n    @include b.md\n',
    ],
    ['may be indented', 'A\n  @include b.md\n', { 'b.md': 'B' }, 'A\n  B\n'],
    ['keeps other line breaks', 'A\r\n@include b.md\r\nC', { 'b.md': 'B\r\n' }, 'A\r\nB\r\nC'],
    ['takes the same text twice', '@include b.md\n@include b.md\n', { 'b.md': 'B' }, 'B\nB\n'],
    [
      'is text in code, in a block, in a sentence and in a style sheet',
      [
        '```',
        '@include b.md',
        '```',
        'Write @include b.md there.',
        '`@include b.md`',
        '@include mobile',
        '@include button($x);',
        '<rule>',
        'name: x',
        'actions:',
        '  - type: suggest',
        '    message: |',
        '      @include b.md',
        '</rule>',
      ].join('\n'),
      { 'b.md': 'B' },
      '',
    ],
  ];
  for (const [title, body, files, expanded] of rows) {
    it(title, () =>
      assert.deepEqual(expand(body, files), {
        body: expanded === '' ? body : expanded,
        problems: [],
        messages: '',
      }),
    );
  }

  const faults: readonly (readonly [
    title: string,
    body: string,
    files: Readonly<Record<string, string>>,
    problem: string,
    message: RegExp,
    expanded: string,
  ])[] = [
    [
      'a file that is not there',
      'A\n@include ./b.md\nC',
      {},
      'rule.missing-include: ./b.md',
      /looked at `\.cursor\/rules\/b\.md` and `b\.md`/,
      'A\n\nC',
    ],
    [
      'a path out of the folder',
      '@include ../../../etc/passwd',
      {},
      'rule.missing-include: ../../../etc/passwd',
      /has to stay in the workspace folder/,
      '',
    ],
    [
      'an absolute path',
      '@include /etc/passwd',
      {},
      'rule.missing-include: /etc/passwd',
      /looked at `etc\/passwd`\./,
      '',
    ],
    [
      'a file that may hold secrets',
      '@include config/.env',
      { 'config/.env': 'KEY=1' },
      'rule.missing-include: config/.env',
      /may hold secrets/,
      '',
    ],
    [
      'a heading that is not there',
      '@include b.md#Tow',
      { 'b.md': '# Two' },
      'rule.missing-include: Tow',
      /has no heading “Tow”/,
      '',
    ],
    [
      'a heading of several words that is not there, behind spaces',
      'A\n  @include ./b.md# Naming it  \n',
      { '.cursor/rules/b.md': '# Two' },
      'rule.missing-include: Naming it',
      /has no heading “Naming it”/,
      'A\n    \n',
    ],
    [
      'a heading that is missing further down, at the reference of the rule itself',
      '@include b.md',
      { 'b.md': 'B\n@include c.md#Tow', 'c.md': '# Two' },
      'rule.missing-include: b.md',
      /\(in `b\.md`\) has no heading “Tow”/,
      'B\n',
    ],
    [
      'a cycle',
      '@include b.md\n',
      { 'b.md': 'B\n@include c.md\n', 'c.md': 'C\n@include b.md' },
      'rule.cyclic-include: b.md',
      /a\.mdc → b\.md → c\.md → b\.md/,
      'B\nC\n\n',
    ],
    [
      'itself',
      '@include ./a.mdc',
      {},
      'rule.cyclic-include: ./a.mdc',
      /a\.mdc → \.cursor\/rules\/a\.mdc/,
      '',
    ],
    [
      'a file that is missing further down',
      '@include b.md',
      { 'b.md': 'B\n@include gone.md' },
      'rule.missing-include: b.md',
      /`gone\.md` \(in `b\.md`\) is not there/,
      'B\n',
    ],
    [
      'characters that nobody sees',
      '@include b.md',
      { 'b.md': 'B\u200B' },
      'rule.hidden-characters: b.md',
      /holds characters that nobody sees/,
      '',
    ],
  ];
  for (const [title, body, files, problem, message, expanded] of faults) {
    it(`finds ${title}, and includes the rest`, () => {
      const found = expand(body, files);
      assert.deepEqual([found.problems, found.body], [[problem], expanded]);
      assert.match(found.messages, message);
    });
  }

  it('goes 32 files deep and no further', () => {
    const files = Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => [`f${index}.md`, `${index}\n@include f${index + 1}.md`]),
    );
    const { body, problems, messages } = expand('@include f0.md', files);
    assert.equal(body, `${Array.from({ length: 32 }, (_, index) => `${index}\n`).join('')}`);
    assert.deepEqual(problems, ['rule.cyclic-include: f0.md']);
    assert.match(messages, /at most 32 steps/);
  });

  it('ends when texts that include others twice would grow without end', () => {
    const files = Object.fromEntries(
      Array.from({ length: 30 }, (_, index) => [
        `f${index}.md`,
        `@include f${index + 1}.md\n@include f${index + 1}.md`,
      ]),
    );
    const { problems, messages } = expand('@include f0.md', { ...files, 'f30.md': '' });
    assert.deepEqual(problems, ['rule.too-large: f0.md']);
    assert.match(messages, /at most 1048576 characters from 1000 places/);
  });

  it('is read from the folder of the file that wrote it, also when it is inherited', () => {
    const catalog = createTextCatalog({
      'web/.cursor/rules/child.mdc': '---\nextends: base\n---\nChild',
      '.cursor/rules/base.mdc': '@include ./part.md',
      '.cursor/rules/part.md': 'right',
      'web/.cursor/rules/part.md': 'wrong',
    });
    assert.equal(catalog.effective('web/.cursor/rules/child.mdc')?.rule.body, 'right\n\nChild');
  });

  it('takes nothing of the workspace into a bundled rule', () => {
    const catalog = createTextCatalog({ 'builtin:x': '@include notes.md', 'notes.md': 'Mine' });
    const { rule, problems } = catalog.effective('builtin:x') ?? {};
    assert.deepEqual([rule?.body, problems?.map(({ code }) => code)], ['', ['rule.missing-include']]);
  });
});
