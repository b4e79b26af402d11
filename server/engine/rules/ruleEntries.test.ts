import assert from 'node:assert/strict';
import { parseRuleDocument } from './parseRuleDocument.ts';
import type { Action, Condition, Filter, RuleDocument } from './rule.ts';

const parse = (...lines: readonly string[]): RuleDocument =>
  parseRuleDocument('.cursor/rules/a.mdc', ['---', ...lines, '---', ''].join('\n'));
const messagesOf = ({ problems }: RuleDocument): readonly string[] =>
  problems.filter(({ severity }) => severity === 'error').map(({ message }) => message);

function readAction(...fields: readonly string[]): { action: Action; document: RuleDocument } {
  const others = ['a', 'b', 'other'].map((id) => `  - {id: ${id}, type: suggest, message: m}`);
  const document = parse('actions:', '  - type: run', ...fields.map((field) => `    ${field}`), ...others);
  const [action] = document.file.actions;
  assert.ok(action);
  return { action, document };
}

describe('the keys of an action', () => {
  const at = (action: Action): string => JSON.stringify(action);
  const forms: readonly (readonly [written: string, read: (action: Action) => unknown, value: unknown])[] = [
    ['needs: [a, b]', ({ needs }) => needs.map(({ value }) => value), ['a', 'b']],
    ['needs: a', ({ needs }) => needs.map(({ value }) => value), ['a']],
    ['when: failure', ({ when }) => when, 'failure'],
    ['when: Always', ({ when }) => when, 'always'],
    ['when:', ({ when }) => when, 'success'],
    ['retry: 5', ({ retry }) => retry, 5],
    ['retry:', ({ retry }) => retry, 0],
    ['fallback: other', ({ fallback }) => fallback?.value, 'other'],
    ['task: "npm: lint"', ({ task }) => task?.value, 'npm: lint'],
    ['timeout: 90s', ({ timeoutMs }) => timeoutMs, 90_000],
    ['timeout:', ({ timeoutMs }) => timeoutMs, 600_000],
    ['min_coverage: 80', ({ minCoverage }) => minCoverage, 80],
    ['min_coverage: "92.5 %"', ({ minCoverage }) => minCoverage, 92.5],
    ['answer_form: whole', ({ answerForm }) => answerForm, 'whole'],
    ['answer_form: Chunks', ({ answerForm }) => answerForm, 'chunks'],
    ['answer_form:', ({ answerForm }) => answerForm, undefined],
    ['fail_under: 100', ({ failUnder }) => failUnder, 100],
    ['shell: true', ({ switches }) => switches.shell, true],
    ['idempotent: true', ({ switches }) => switches.idempotent, true],
    ['sandbox: "true"', ({ switches }) => switches.sandbox, true],
    ['may_change_tests: true', ({ switches }) => switches.mayChangeTests, true],
    ['red_first: true', ({ switches }) => switches.redFirst, true],
    ['ratchet: True', ({ switches }) => switches.ratchet, true],
    ['show_missing: true', ({ switches }) => switches.showMissing, true],
    ['skip_covered: true', ({ switches }) => switches.skipCovered, true],
    ['shell: false', ({ switches }) => Object.values(switches).some(Boolean), false],
    ['context: [src/**, "@a.mdc"]', ({ context }) => context, ['src/**', '@a.mdc']],
    ['command: npm test', ({ command }) => command?.form === 'line' && command.line.value, 'npm test'],
    [
      'command: [npm, run, "a b"]',
      ({ command }) => command?.form === 'arguments' && command.items.map(({ value }) => value),
      ['npm', 'run', 'a b'],
    ],
  ];
  for (const [written, read, value] of forms) {
    it(written, () => {
      const { action, document } = readAction(written);
      assert.deepEqual(read(action), value, at(action));
      assert.deepEqual(messagesOf(document), []);
      assert.deepEqual([...action.fields.keys()], ['type', written.slice(0, written.indexOf(':'))]);
    });
  }

  const faults: readonly (readonly [written: string, marked: string])[] = [
    ['when: later', 'later'],
    ['answer_form: patch', 'patch'],
    ['retry: 6', '6'],
    ['retry: -1', '-1'],
    ['retry: often', 'often'],
    ['needs: {a: b}', '{a: b}'],
    ['timeout: soon', 'soon'],
    ['min_coverage: 101', '101'],
    ['fail_under: most', 'most'],
    ['shell: sometimes', 'sometimes'],
    ['red_first: 1', '1'],
    ['command: {a: b}', '{a: b}'],
    ['command: [a, [b]]', '[b]'],
  ];
  for (const [written, marked] of faults) {
    it(`${written} is an error at the value`, () => {
      const { document } = readAction(written);
      const errors = document.problems.filter(({ severity }) => severity === 'error');
      assert.deepEqual(
        errors.map(({ span }) => document.text.slice(span.start, span.end)),
        [marked],
      );
      assert.equal(document.file.active, false);
    });
  }
});

describe('the keys of a condition', () => {
  const readCondition = (...fields: readonly string[]): { condition: Condition; document: RuleDocument } => {
    const lines = fields.map((field) => `        ${field}`);
    const document = parse(
      'actions:',
      '  - type: validate',
      '    conditions:',
      '      - pattern: a',
      ...lines,
    );
    const condition = document.file.actions[0]?.conditions[0];
    assert.ok(condition);
    return { condition, document };
  };
  const forms: readonly (readonly [
    fields: readonly string[],
    read: (condition: Condition) => unknown,
    value: unknown,
  ])[] = [
    [['message: m', 'fix: "$1"'], ({ fix }) => fix?.value, '$1'],
    [['message: m', 'fix: ""'], ({ fix }) => fix?.value, ''],
    [['learn_more_url: https://x.org/a'], ({ learnMoreUrl }) => learnMoreUrl?.value, 'https://x.org/a'],
    [['negative_pattern: b'], ({ negativePattern }) => negativePattern, 'b'],
    [['pattern_negate: b'], ({ negativePattern }) => negativePattern, 'b'],
    [['target: path'], ({ target }) => target, 'path'],
    [['must: present'], ({ must, explicit }) => [must, explicit], ['present', true]],
    [['message: m'], ({ must, explicit }) => [must, explicit], ['absent', false]],
    [['negated: true'], ({ negated }) => negated, true],
    [['severity: high'], ({ severity }) => severity, 'error'],
    [['file_pattern: x', 'location: y'], ({ pathPatterns }) => pathPatterns, ['x', 'y']],
  ];
  for (const [fields, read, value] of forms) {
    it(fields.join('; '), () => {
      const { condition, document } = readCondition(...fields);
      assert.deepEqual(read(condition), value);
      assert.deepEqual(messagesOf(document), []);
    });
  }

  it('refuse a fix that would have nothing to replace', () => {
    for (const fields of [['fix: x'], ['message: m', 'target: path', 'fix: x']]) {
      const { document } = readCondition(...fields);
      assert.match(messagesOf(document).join(), /`fix`/);
    }
  });

  it('do not show an address that a browser should not open', () => {
    const { condition, document } = readCondition('learn_more_url: javascript:alert(1)');
    assert.equal(condition.learnMoreUrl, undefined);
    assert.deepEqual(
      document.problems.map(({ code, severity }) => [code, severity]),
      [['rule.wrong-type', 'warning']],
    );
  });
});

describe('entries that change inherited ones', () => {
  const shape = ({ type, id, remove }: Filter | Action) => [type, id, remove];

  it('have an id, and go with `remove: true`', () => {
    const { file, problems } = parse(
      'extends: ./base.mdc',
      'filters:',
      '  - {id: a, remove: true}',
      '  - {id: b, type: content, pattern: x}',
      'actions:',
      '  - {id: c, remove: true}',
      '  - {id: d, type: suggest, message: m}',
    );
    assert.deepEqual(file.filters.map(shape), [
      ['', 'a', true],
      ['content', 'b', false],
    ]);
    assert.deepEqual(file.actions.map(shape), [
      ['', 'c', true],
      ['suggest', 'd', false],
    ]);
    assert.deepEqual(
      problems.filter(({ severity }) => severity === 'error'),
      [],
    );
  });

  it('need the id', () => {
    for (const key of ['filters', 'actions'])
      assert.match(messagesOf(parse(`${key}:`, '  - remove: true')).join(), /needs the `id`/);
  });
});

describe('the keys that a rule wrote', () => {
  it('are known, also those that are empty', () => {
    const { file } = parse('description:', 'globs: [$parents, x]', 'priority:', 'metadata:', '  a: 1');
    assert.deepEqual([...file.written.keys()], ['description', 'globs', 'priority', 'metadata']);
    assert.deepEqual(
      file.globs.map(({ value }) => value),
      ['$parents', 'x'],
    );
  });
});
