import assert from 'node:assert/strict';
import { latePatterns } from '../../../test/scriptPatterns.ts';
import { parseRuleDocument } from '../../rules/parseRuleDocument.ts';
import { parseRuleTests } from './parseRuleTests.ts';
import { runRuleTest } from './runRuleTest.ts';
import { testsPathOf } from './ruleTestCase.ts';

const { signal } = new AbortController();

describe('tests of a rule', () => {
  const bad: readonly (readonly [text: string, message: RegExp])[] = [
    ['', /begin each case/],
    ['file: a', /begin each case/],
    ['- a', /keys of its own/],
    ['- applies: true', /needs a `file`/],
    ['- file: a', /needs `applies` or `finds`/],
    ['- file: a\n  applies: perhaps', /true or false/],
    ['- file: a\n  finds: -1', /whole number/],
    ['- file: a\n  applies: true\n  event: saved', /`saved` is no event/],
    ['- file: a\n  applies: true\n  colour: red', /`colour` is no key of a case/],
    ['- file: a\n  applies: true\n  content: [1]', /`content` is a text/],
    ['- file: a\n  applies: true\n  beside: x', /`beside` is a list/],
    ['- file: a\n  applies: true\n  event: save\n  origin: me', /`origin` is one of user, auto, disk, self/],
    ['- file: a\n  applies: true\n  origin: disk', /name that too/],
    ['- file: a\n  applies: true\n  before: [1]', /`before` is a text/],
    ['- file: "a', /no valid YAML/],
  ];
  for (const [text, message] of bad) {
    it(`explains ${JSON.stringify(text)}`, () => {
      const { cases, problems } = parseRuleTests(text);
      assert.equal(cases.length, 0);
      assert.match(problems[0]?.message ?? '', message);
    });
  }

  it('reads every key of a case, and where it stands', () => {
    const text =
      '# tests\n- file: a.ts\n  event: file_save\n  origin: disk\n  before: y\n  content: |\n    x\n  finds: 2\n  beside: [b.ts]\n- file: c\n  applies: false\n';
    assert.deepEqual(parseRuleTests(text), {
      cases: [
        {
          ...{ file: 'a.ts', event: 'save', applies: true, content: 'x\n', finds: 2, line: 1 },
          ...{ origin: 'disk', before: 'y' },
          beside: new Map([['b.ts', '']]),
        },
        {
          ...{ file: 'c', event: undefined, applies: false, content: '', finds: undefined, line: 9 },
          ...{ origin: 'user', before: undefined },
          beside: new Map(),
        },
      ],
      problems: [],
    });
  });

  const check =
    '---\nglobs: src/**/*.ts\nactions:\n  - type: reject\n    conditions:\n      - pattern: debugger\n        message: No.\n---\n';
  const acts = '---\non: save\nactions: [{type: generate_tests}]\n---\n';
  const changed =
    '---\non: save\nfilters: [{type: changed_content, pattern: new}]\nactions: [{type: generate_tests}]\n---\n';
  const cases: readonly (readonly [title: string, rule: string, test: string, reason: RegExp | undefined])[] =
    [
      ['globs match', check, 'file: src/a.ts, applies: true', undefined],
      ['globs do not match', check, 'file: a.ts, applies: false', undefined],
      [
        'globs should match',
        check,
        'file: a.ts, applies: true',
        /should apply and does not: none of its globs/,
      ],
      ['globs should not match', check, 'file: src/a.ts, applies: false', /should not apply and does/],
      ['it checks live', check, 'file: src/a.ts, applies: true, event: save', undefined],
      ['it does not fire on commit', check, 'file: src/a.ts, applies: true, event: commit', /has no `on`/],
      ['a person did it', acts, 'file: a.ts, applies: true, event: save', undefined],
      ['another program did it', acts, 'file: a.ts, applies: false, event: save, origin: disk', undefined],
      [
        'the line changed',
        changed,
        'file: a.ts, applies: true, event: save, before: "a\\nold", content: "a\\nnew"',
        undefined,
      ],
      [
        'the line stood there before',
        changed,
        'file: a.ts, applies: true, event: save, before: "old\\nnew", content: "a\\nnew"',
        /should apply and does not: its filter `changed_content`/,
      ],
      ['it finds', check, 'file: src/a.ts, finds: 2, content: "debugger debugger"', undefined],
      [
        'it finds less',
        check,
        'file: src/a.ts, finds: 2, content: "debugger"',
        /should find 2 and finds 1 place/,
      ],
      ['it finds nothing', check, 'file: src/a.ts, finds: 0, content: "bug"', undefined],
      ['a guiding rule', '---\nalwaysApply: true\n---\nB', 'file: x, applies: true', undefined],
      ['a broken rule', '---\nglobs: "a\n---\nB', 'file: a, applies: true', /it has an error/],
      ['an ignored file', check, 'file: node_modules/src/a.ts, applies: false', undefined],
      [
        'a file beside',
        '---\nfilters:\n  - type: missing\n    pattern: "{stem}.test.ts"\n---\n',
        'file: a.ts, applies: false, beside: [a.test.ts]',
        undefined,
      ],
      [
        'a block',
        'T\n<rule>\nname: x\nfilters:\n  - type: file_extension\n    pattern: "\\\\.py$"\nactions:\n  - type: suggest\n</rule>\n',
        'file: a.py, applies: true, event: manual',
        undefined,
      ],
    ];
  for (const [title, rule, test, reason] of cases) {
    it(`${reason === undefined ? 'pass' : 'fail'} when ${title}`, async () => {
      const { file, blocks } = parseRuleDocument('.cursor/rules/a.mdc', rule);
      const [one] = parseRuleTests(`- {${test}}`).cases;
      assert.ok(one, test);
      const rules = [file, ...blocks];
      const result = await runRuleTest({ rules, patterns: latePatterns }, one, signal);
      assert.equal(result.passed, reason === undefined, result.reason);
      assert.match(result.reason, reason ?? /^[A-Z`].*\.$/);
    });
  }

  it('stand beside the rule', () => {
    const paths = ['a/b.mdc', 'a/b.mdc.md', 'a/RULE.md', '.cursorrules'].map(testsPathOf);
    assert.deepEqual(paths, ['a/b.tests.yaml', 'a/b.tests.yaml', 'a/RULE.tests.yaml', undefined]);
  });
});
