import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { parseMarkedText } from '../../test/markedText.ts';
import { parseRuleDocument } from './parseRuleDocument.ts';

const actions = (...lines: readonly string[]): string =>
  ['actions:', ...lines.map((line) => `  ${line}`)].join('\n');

/** Code, severity, and the frontmatter with marks around the characters that the problem is about. */
const inFrontmatter: readonly (readonly [code: string, severity: string, marked: string])[] = [
  ['rule.unknown-key', 'warning', '<|glob|>: "**/*.ts"'],
  ['rule.unknown-key', 'warning', '<|always\u0410pply|>: true'],
  ['rule.unknown-key', 'hint', '<|constructor|>: x'],
  ['rule.unknown-key', 'warning', actions('- type: review', '  <|mesage|>: x')],
  ['rule.unknown-event', 'error', 'on: save, <|svae|>'],
  ['rule.unknown-event', 'warning', 'filters:\n  - type: event\n    pattern: "file_create|<|file_analyze|>"'],
  ['rule.unknown-event', 'error', 'filters:\n  - type: event\n    pattern: "<|never|>"'],
  ['rule.unknown-filter', 'warning', 'filters:\n  - type: <|file_extention|>\n    pattern: x'],
  ['rule.unknown-action', 'warning', actions('- type: <|generate_test|>')],
  ['rule.wrong-type', 'error', 'alwaysApply: <|maybe|>'],
  ['rule.wrong-type', 'error', 'alwaysApply: "<|yes|>"'],
  ['rule.wrong-type', 'error', 'priority: <|high|>'],
  ['rule.wrong-type', 'error', 'debounce: <|soon|>'],
  ['rule.wrong-type', 'error', 'origin: <|nobody|>'],
  ['rule.wrong-type', 'error', 'approval: <|maybe|>'],
  ['rule.wrong-type', 'error', 'budget: <|5|>'],
  ['rule.wrong-type', 'error', 'budget:\n  usd: <|a lot|>'],
  ['rule.wrong-type', 'error', 'filters: <|x|>'],
  ['rule.wrong-type', 'error', 'filters:\n  - <|x|>'],
  ['rule.wrong-type', 'error', 'filters:\n  - type: line_count\n    pattern: "<|many|>"'],
  ['rule.wrong-type', 'error', 'metadata: <|x|>'],
  ['rule.wrong-type', 'error', 'globs:\n  <|include: src|>'],
  ['rule.wrong-type', 'error', 'globs:\n  - a\n  <|b|>'.replace('<|b|>', '- <|c: d|>')],
  [
    'rule.wrong-type',
    'error',
    actions('- type: validate', '  conditions:', '    - pattern: x', '      must: <|appear|>'),
  ],
  ['rule.bad-version', 'warning', 'version: <|latest|>'],
  ['rule.bad-yaml', 'error', '<|this is no key|>\ndescription: x'],
  ['rule.bad-yaml', 'error', 'metadata: {a: <|*b|>}'],
  ['rule.bad-yaml', 'error', 'metadata: &b\n  a: <|*b|>'],
  ['rule.bad-glob', 'error', 'globs: <|../**|>'],
  ['rule.bad-glob', 'error', 'globs: src/**, <|~/x|>'],
  ['rule.bad-glob', 'error', 'globs: <|[ab|>'],
  ['rule.bad-glob', 'error', 'globs: "<|{a|>"'],
  ['rule.bad-glob', 'error', 'globs: <|"*.ts|>'],
  ['rule.bad-glob', 'error', `globs: <|${'{a,b}'.repeat(22)}|>`],
  ['rule.bad-glob', 'warning', 'globs: <|src\\app\\a.ts|>'],
  ['rule.bare-glob', 'hint', 'globs: package.json, <|*.ts|>'],
  ['rule.duplicate-key', 'error', 'globs: a\n<|globs|>: b'],
  ['rule.duplicate-key', 'warning', 'globs: a\n<|globs|>: a'],
  ['rule.duplicate-key', 'error', 'metadata:\n  a: 1\n  b: 2\nbudget: {usd: 1, <|usd|>: 2}'],
  ['rule.always-and-globs', 'warning', 'alwaysApply: true\nglobs: <|a|>'],
  ['rule.bad-pattern', 'error', 'filters:\n  - type: content\n    pattern: "<|(a|>"'],
  ['rule.bad-pattern', 'error', 'filters:\n  - type: content\n    pattern: <|a++|>'],
  ['rule.bad-pattern', 'error', actions('- type: validate', '  conditions:', '    - pattern: <|a(?i)b|>')],
  ['rule.hidden-characters', 'error', 'description: be<|\u200B|> kind'],
  ['rule.hidden-characters', 'warning', 'description: be<|\u00A0|>kind'],
  ['rule.bad-pattern', 'error', actions('- type: run', '  command: x', '  problem_matcher: <|$tcs|>')],
  [
    'rule.bad-pattern',
    'error',
    actions(
      '- type: run',
      '  command: x',
      '  problem_matcher:',
      '    - <|pattern: {regexp: "(a", file: 1, line: 2}|>',
    ),
  ],
  [
    'rule.path-pattern',
    'hint',
    actions('- type: reject', '  conditions:', '    - pattern: "<|^(?!\\\\.\\\\/src)|>"'),
  ],
  ['rule.command-on-change', 'error', `on: change\n${actions('- <|type: run|>')}`],
];

/** The same for whole files. */
const inFile: readonly (readonly [code: string, severity: string, marked: string])[] = [
  ['rule.unclosed-frontmatter', 'error', '<|---|>\nglobs: a\n\nBody'],
  ['rule.foreign-frontmatter', 'error', '<|---js|>\nprocess.exit()\n---\n'],
  ['rule.foreign-frontmatter', 'error', '<|--- javascript|>\n({})\n---\n'],
  ['rule.late-frontmatter', 'warning', '\n<|---|>\nglobs: a\n---\n'],
  ['rule.second-frontmatter', 'warning', '---\nglobs: a\n---\n<|---\nglobs: b\n---|>\nBody'],
  ['rule.unclosed-block', 'error', '<|<rule>|>\nname: a\n'],
  ['rule.hidden-characters', 'error', '---\nglobs: a\n---\nText<|\u{E0068}\u{E0069}|>\n'],
  ['rule.bad-yaml', 'error', '<rule>\nactions:\n  - type: <|@|>x\n</rule>'],
  ['rule.bad-yaml', 'error', '---\n<|{"description": "x", "globs": ["*.ts"]}|>\n---\nBody'],
  ['rule.bad-yaml', 'error', '---\n<|- globs: *.ts|>\n---\nBody'],
  ['rule.bad-yaml', 'error', '---\n<|alwaysApply=true|>\n---\nBody'],
  ['rule.bad-yaml', 'error', '---\nactions: !!binary <|aGk=|>\n---\nBody'],
];

describe('a problem of a rule file', () => {
  const check = (code: string, severity: string, marked: string): void => {
    const { text, spans } = parseMarkedText(marked);
    const { problems, file, blocks } = parseRuleDocument('.cursor/rules/example.mdc', text);
    const found = problems.filter((problem) => problem.code === code && problem.severity === severity);
    assert.deepEqual(
      found.map(({ span }) => span),
      spans,
      JSON.stringify(problems),
    );
    assert.equal(
      [file, ...blocks].every((rule) => rule.active),
      problems.every((problem) => problem.severity !== 'error'),
    );
  };
  for (const [code, severity, marked] of inFrontmatter) {
    it(`${code} is a ${severity} at ${JSON.stringify(marked)}`, () =>
      check(code, severity, `---\n${marked}\n---\nBody\n`));
  }
  for (const [code, severity, marked] of inFile) {
    it(`${code} is a ${severity} at ${JSON.stringify(marked)}`, () => check(code, severity, marked));
  }

  it('says of a line that is no key how it belongs to frontmatter, or to a block', () => {
    const messageOf = (text: string): string =>
      parseRuleDocument('a.mdc', text).problems.find(({ code }) => code === 'rule.bad-yaml')?.message ?? '';
    assert.match(messageOf('---\nglobs: a\nText\n---\n'), /close the frontmatter above/);
    const ofBlock = messageOf('<rule>\nText\n</rule>\n');
    assert.match(ofBlock, /below `<\/rule>`/);
    assert.doesNotMatch(ofBlock, /frontmatter/);
  });

  it('takes several events without commas for no slip of one', () => {
    for (const written of ['save create', 'file_save | create']) {
      const [problem] = parseRuleDocument('a.mdc', `---\nglobs: a\non: ${written}\n---\n`).problems;
      assert.equal(problem?.data, undefined);
      assert.match(problem?.message ?? '', /Put commas between events\.$/);
    }
  });

  it('names the nearest known word', () => {
    const messages = parseRuleDocument(
      'a.mdc',
      '---\nglob: a\nalwaysAply: true\non: svae\n---\n',
    ).problems.map(({ message }) => message);
    assert.match(messages[0] ?? '', /Did you mean `globs`\?/);
    assert.match(messages[1] ?? '', /Did you mean `alwaysApply`\?/);
    assert.match(messages[2] ?? '', /Did you mean `save`\?/);
  });

  it('shows look-alike letters by their code points', () => {
    const [problem] = parseRuleDocument('a.mdc', '---\ngl\u043Ebs: a\n---\n').problems;
    assert.match(problem?.message ?? '', /U\+043E/);
    assert.match(problem?.message ?? '', /Did you mean `globs`/);
  });

  it('decodes hidden tag characters', () => {
    const [problem] = parseRuleDocument('a.mdc', 'Text\u{E0068}\u{E0069}').problems;
    assert.match(problem?.message ?? '', /They spell “hi”/);
  });

  it('says how a nested rule repeats its own folder', () => {
    const { problems } = parseRuleDocument('web/.cursor/rules/a.mdc', '---\nglobs: web/src/*.ts\n---\n');
    assert.deepEqual(
      problems.map((problem) => problem.code),
      ['rule.glob-repeats-folder'],
    );
  });

  it('has a section in the documentation, with a bad and a good example', () => {
    const page = readFileSync(new URL('../../../docs/rules/problems.md', import.meta.url), 'utf8');
    const sections = new Map(
      page
        .split(/^## /m)
        .slice(1)
        .map((section) => [section.split('\n', 1)[0] ?? '', section]),
    );
    const codes = new Set([...inFrontmatter, ...inFile].map(([code]) => code));
    for (const code of [...codes, 'rule.too-large', 'rule.unreadable', 'rule.glob-repeats-folder']) {
      const section = sections.get(code) ?? '';
      assert.match(section, /Bad:[\s\S]*```[\s\S]*Good:[\s\S]*```/, code);
    }
  });
});

describe('the limits of a rule file', () => {
  const codes = (text: string): readonly string[] =>
    parseRuleDocument('a.mdc', text).problems.map((problem) => problem.code);

  it('refuse a file over 1 MB', () => {
    const { file, problems } = parseRuleDocument('a.mdc', 'x'.repeat(1_048_577));
    assert.deepEqual(
      [problems.map(({ code }) => code), file.active, file.body],
      [['rule.too-large'], false, ''],
    );
  });

  it('refuse frontmatter over 64 KB, and keep the body', () => {
    const many = Array.from({ length: 20_000 }, (_, at) => `k${at}: v`).join('\n');
    const { file, problems } = parseRuleDocument('a.mdc', `---\n${many}\n---\nBody`);
    assert.deepEqual(
      [problems.map(({ code }) => code), file.active, file.body],
      [['rule.too-large'], false, 'Body'],
    );
  });

  it('refuse a block over 64 KB', () => {
    assert.deepEqual(codes(`<rule>\nname: ${'x'.repeat(66_000)}\n</rule>`), ['rule.too-large']);
  });

  it('refuse deep nesting before a parser sees it', () => {
    for (const deep of [
      '['.repeat(5000) + ']'.repeat(5000),
      `\n  ${'- '.repeat(5000)}x`,
      '{a: '.repeat(3000),
    ]) {
      assert.deepEqual(codes(`---\nmetadata: ${deep}\n---\n`), ['rule.bad-yaml']);
    }
  });

  it('refuse aliases, however many a value they stand for', () => {
    const levels = 'bcdefghij'.split('');
    const bomb = levels.map(
      (name, at) =>
        `  ${name}: &${name} [${Array.from({ length: 9 }, () => `*${at === 0 ? 'a' : levels[at - 1]}`).join(', ')}]`,
    );
    const found = codes(`---\nmetadata:\n  a: &a [x]\n${bomb.join('\n')}\n---\n`);
    assert.deepEqual(new Set(found), new Set(['rule.bad-yaml']));
    assert.deepEqual(codes('---\nmetadata:\n  a: &a [*a]\n---\n'), ['rule.bad-yaml']);
  });

  it('tell the same fault of the same text every time', () => {
    const text = '---\nmetadata: {a: [}\n---\n';
    assert.deepEqual(codes(text), codes(text));
    assert.notDeepEqual(codes(text), []);
  });

  it('read an alias of an anchor in globs as a fault, and a glob that looks like one as a glob', () => {
    assert.deepEqual(codes('---\nname: &x a\nglobs: *x\n---\n'), ['rule.bad-yaml', 'rule.bare-glob']);
    assert.deepEqual(codes('---\nglobs: *x\n---\n'), ['rule.bare-glob']);
  });
});
