import assert from 'node:assert/strict';
import { parseRuleDocument } from './parseRuleDocument.ts';
import type { RuleDocument } from './rule.ts';

const frontmatter = (...lines: readonly string[]): string => ['---', ...lines, '---', 'Body'].join('\n');
const parse = (text: string): RuleDocument => parseRuleDocument('.cursor/rules/a.mdc', text);
const filter = (pattern: string): string =>
  frontmatter('filters:', '  - type: content', `    pattern: '${pattern}'`);
const many = (count: number, line: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => line(at)).join('\n');

/** What is beyond a limit, the code and words of its only error, and the body that still guides. */
const beyond: readonly (readonly [title: string, text: string, code: string, words: RegExp, body: string])[] =
  [
    ['a file over 1 MB', 'x'.repeat(1_048_577), 'rule.too-large', /at most 1048576 characters/, ''],
    [
      'frontmatter over 64 KB',
      frontmatter(many(20_000, (at) => `k${at}: v`)),
      'rule.too-large',
      /65536/,
      'Body',
    ],
    [
      'a block over 64 KB',
      `<rule>\nname: ${'x'.repeat(66_000)}\n</rule>\n`,
      'rule.too-large',
      /65536/,
      '<rule>',
    ],
    [
      'more than 500 blocks',
      '<rule>\n</rule>\n'.repeat(600),
      'rule.too-large',
      /at most 500 blocks/,
      '<rule>',
    ],
    [
      'brackets that nest',
      frontmatter(`metadata: ${'['.repeat(5000)}${']'.repeat(5000)}`),
      'rule.bad-yaml',
      /deeper than 64/,
      'Body',
    ],
    [
      'braces that nest',
      frontmatter(`metadata: ${'{a: '.repeat(3000)}`),
      'rule.bad-yaml',
      /deeper than 64/,
      'Body',
    ],
    [
      'dashes that nest',
      frontmatter('metadata:', `  ${'- '.repeat(5000)}x`),
      'rule.bad-yaml',
      /deeper than 64/,
      'Body',
    ],
    [
      'maps in a line that nest',
      frontmatter('metadata:', `  ${'a: '.repeat(3000)}`),
      'rule.bad-yaml',
      /deeper than 64/,
      'Body',
    ],
    [
      'indentation that nests',
      frontmatter(
        'metadata:',
        many(80, (at) => `${' '.repeat(at + 1)}a:`),
      ),
      'rule.bad-yaml',
      /deeper than 64/,
      'Body',
    ],
    [
      'more keys than anybody reads',
      frontmatter(
        'metadata:',
        many(5000, (at) => `  k${at}: v`),
      ),
      'rule.bad-yaml',
      /more than 5000 keys/,
      'Body',
    ],
    [
      'more entries than anybody reads',
      frontmatter(`metadata: {a: [${'1,'.repeat(6000)}]}`),
      'rule.bad-yaml',
      /more than 5000 keys/,
      'Body',
    ],
    [
      'more actions than anybody writes',
      frontmatter(
        'actions:',
        many(1200, () => '  - type: run\n    command: a'),
      ),
      'rule.too-large',
      /`actions` has at most 1000 entries/,
      'Body',
    ],
    [
      'more lines of a message that lost their indentation than are mended',
      frontmatter(
        'actions:',
        '  - type: suggest',
        '    message: |',
        '      a',
        many(3001, () => ' b c'),
        'name: x',
      ),
      'rule.bad-yaml',
      /`actions` has more than 3000 slips/,
      'Body',
    ],
    [
      'more backslashes than are mended',
      frontmatter('actions:', '  - type: suggest', `    message: "${'\\d'.repeat(3001)}"`),
      'rule.bad-yaml',
      /`actions` has more than 3000 slips/,
      'Body',
    ],
    [
      'an alias',
      frontmatter('metadata:', '  a: &a [x]', '  b: *a'),
      'rule.bad-yaml',
      /aliases are not read/,
      'Body',
    ],
    [
      'an alias of itself',
      frontmatter('metadata:', '  a: &a [*a]'),
      'rule.bad-yaml',
      /aliases are not read/,
      'Body',
    ],
    [
      'a pattern over 4096 characters',
      filter('a'.repeat(4097)),
      'rule.bad-pattern',
      /longer than 4096/,
      'Body',
    ],
    [
      'a glob of too many braces',
      frontmatter(`globs: "${'{a,b}'.repeat(22)}"`),
      'rule.bad-glob',
      /use fewer braces/,
      'Body',
    ],
    [
      'a glob of too long a range',
      frontmatter('globs: "{1..1000000}"'),
      'rule.bad-glob',
      /use fewer braces/,
      'Body',
    ],
    ['a glob that leads out', frontmatter('globs: ../**'), 'rule.bad-glob', /./, 'Body'],
    ['a glob of a home folder', frontmatter('globs: ~/**'), 'rule.bad-glob', /./, 'Body'],
    ['a glob of a drive', frontmatter('globs: C:\\**'), 'rule.bad-glob', /./, 'Body'],
  ];

describe('beyond the limits of a rule file', () => {
  for (const [title, text, code, words, body] of beyond) {
    it(`${title} is an error that stops its rule alone`, () => {
      const { file, blocks, problems } = parse(text);
      const errors = problems.filter(({ severity }) => severity === 'error');
      assert.deepEqual(
        errors.map((error) => error.code),
        [code],
      );
      assert.match(errors[0]?.message ?? '', words);
      assert.equal([file, ...blocks].filter(({ active }) => !active).length, 1);
      assert.ok(file.body.startsWith(body) && file.kind !== 'always');
    });
  }

  it('a text that is valid YAML may hold as many tabs as it likes', () => {
    const lines = many(3500, () => '      \tb');
    const { file, problems } = parse(
      frontmatter('actions:', '  - type: "sug\\x67est"', '    message: |', '      a', lines),
    );
    assert.deepEqual(problems, []);
    assert.equal(file.actions[0]?.message?.split('\n').length, 3501);
  });

  it('globs that are absolute stay in the folder of the rule', () => {
    assert.deepEqual(
      parse(frontmatter('globs: /**')).file.globs.map(({ value }) => value),
      ['/**'],
    );
  });

  it('nine times nine aliases are as many words about them as fit', () => {
    const names = 'bcdefghij'.split('');
    const levels = names.map((name, at) => {
      const before = at === 0 ? 'a' : names[at - 1];
      return `  ${name}: &${name} [${Array.from({ length: 9 }, () => `*${before}`).join(', ')}]`;
    });
    const { file, problems } = parse(frontmatter('metadata:', '  a: &a [x]', ...levels));
    assert.deepEqual(new Set(problems.map(({ code }) => code)), new Set(['rule.bad-yaml']));
    assert.equal(file.active, false);
  });

  it('a program in the frontmatter is never run', () => {
    for (const fence of ['---js', '---javascript', '--- js', '---JS', '---coffee'])
      assert.deepEqual(
        parse(`${fence}\nprocess.exit(1)\n---\n`).problems.map(({ code }) => code),
        ['rule.foreign-frontmatter'],
      );
    const { file } = parse(frontmatter('metadata:', '  a: !!js/function "function () { return 1; }"'));
    assert.equal(typeof file.metadata['a'], 'string');
  });

  it('the same damage is told the same way each time', () => {
    const text = frontmatter('metadata: {a: [}');
    assert.deepEqual(parse(text).problems, parse(text).problems);
    assert.notDeepEqual(parse(text).problems, []);
  });
});
