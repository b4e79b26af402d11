import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parse } from 'yaml';
import { parseRuleDocument } from '../parseRuleDocument.ts';
import { approvedText } from './approvedText.ts';
import { describeRights } from './describeRights.ts';
import { renderMap } from './renderValue.ts';

const textOf = (text: string): string => approvedText(parseRuleDocument('a.mdc', text).file);

describe('approvedText', () => {
  it('says what the rule may do, then all that it says', () => {
    const rule = `---
name: tests
globs: src/**/*.ts
on: [save, create]
model: tester
budget: { usd: 0.5 }
metadata: { empty: '', owner: me }
filters:
  - type: content
    pattern: "export\\\\b"
actions:
  - id: lint
    type: run
    command: [npm, run, lint it, "{file}"]
    sandbox: true
  - type: generate_tests
    message: |
      Small tests.

      One for each case.
---
Body
`;
    assert.equal(
      textOf(rule),
      `---
# It may run \`npm run "lint it" {file}\` in the sandbox.
# It may ask the model \`tester\`.
# It may write tests for the file.
# It may run the tests that concern the file.
form: file
name: tests
globs:
  - src/**/*.ts
on:
  - save
  - create
debounceMs: 200
filters:
  - type: content
    pattern: "export\\\\b"
actions:
  - type: run
    command:
      - npm
      - run
      - lint it
      - "{file}"
    id: lint
    timeoutMs: 600000
    sandbox: true
  - type: generate_tests
    message: |-
      Small tests.

      One for each case.
    timeoutMs: 600000
model: tester
budget:
  usd: 0.5
metadata:
  empty: ""
  owner: me
---
Body
`,
    );
  });

  const same: readonly (readonly [title: string, one: string, other: string])[] = [
    ['line breaks', '---\nglobs: a\n---\nA\nB\n', '---\r\nglobs: a\r\n---\r\nA\r\nB'],
    ['layout and comments', '---\nglobs: [a, b]\n---\n', '---\n# why\nglobs:\n  - a\n  - b\n---\n'],
    ['its place in the order', '---\nglobs: a\n---\n', '---\nglobs: a\npriority: 9\n---\n'],
  ];
  for (const [title, one, other] of same)
    it(`does not change with ${title}`, () => assert.equal(textOf(one), textOf(other)));

  const action = (keys: string): string => `---\non: save\nactions:\n  - { ${keys} }\n---\n`;
  const other: readonly (readonly [title: string, one: string, other: string])[] = [
    ['a command', action('type: run, command: npm test'), action('type: run, command: npm tes')],
    ['a shell', action('type: run, command: a'), action('type: run, command: a, shell: true')],
    ['how a command is split', action('type: run, command: a b'), action('type: run, command: [a, b]')],
    ['a timeout', action('type: test'), action('type: test, timeout: 1s')],
    ['a sandbox', action('type: test'), action('type: test, sandbox: true')],
    ['a target', action('type: generate'), action('type: generate, target: content')],
    ['a role', action('type: fix'), action('type: fix, model: planner')],
    ['who may change tests', action('type: fix'), action('type: fix, may_change_tests: true')],
    ['the form of answers', action('type: fix'), action('type: fix, answer_form: diff')],
    ['retries', action('type: fix'), action('type: fix, retry: 2')],
    ['coverage of nothing', action('type: test'), action('type: test, min_coverage: 0')],
  ];
  for (const [title, one, changed] of other)
    it(`changes with ${title}`, () => assert.notEqual(textOf(one), textOf(changed)));
});

describe('describeRights', () => {
  const cases: readonly (readonly [actions: string, rights: readonly string[]])[] = [
    ['type: reject', []],
    ['type: run, command: npm test', ['run `npm test`']],
    ['type: run, command: "a | b", shell: true', ['run `a | b` in a shell']],
    ['type: run, command: [a, "b c", $HOME]', ['run `a "b c" "$HOME"`']],
    ['type: task, task: build', ['run the task `build`']],
    ['type: review', ['ask the chosen model']],
    ['type: review, model: reviewer', ['ask the model `reviewer`']],
    [
      'type: generate, target: "{dir}/x.ts"',
      ['ask the chosen model', 'write `{dir}/x.ts`', 'run the tests that concern the file'],
    ],
  ];
  for (const [action, rights] of cases)
    it(`${action}`, () => {
      const { file } = parseRuleDocument('a.mdc', `---\non: save\nactions:\n  - { ${action} }\n---\n`);
      assert.deepEqual(describeRights(file), rights);
    });
});

describe('what a task runs', () => {
  const { file } = parseRuleDocument('a.mdc', '---\non: save\nactions: [{ type: task, task: build }]\n---\n');
  const running = (taskText: string): typeof file => ({
    ...file,
    actions: file.actions.map((action) => ({ ...action, taskText })),
  });

  it('is said in short, and approved as a whole', () => {
    const long = `tsc\n${'x'.repeat(200)}`;
    assert.deepEqual(describeRights(running('tsc -p .')), ['run the task `build`, which is `tsc -p .`']);
    assert.match(describeRights(running(long))[0] ?? '', /which is `tsc x{115}…`$/);
    assert.ok(approvedText(running(long)).includes('x'.repeat(200)));
    assert.notEqual(approvedText(running('tsc')), approvedText(running('tsc -p .')));
  });
});

describe('renderMap', () => {
  it('writes YAML that reads as the same value', () => {
    const text = fc.oneof(
      fc.string({
        unit: fc.constantFrom('a', ' ', '\n', ':', '-', '#', '"', '\t', '*', '\r', '\u2028', 'é'),
      }),
      fc.constantFrom('true', 'No', '- a', 'a: b', '|', '> x', '1.0', '0x1', '&a', '!x', '?', '{a}', '.5'),
    );
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 3 },
        fc.oneof(text, fc.boolean(), fc.integer()),
        fc.array(tie('tree'), { maxLength: 3 }),
        fc.dictionary(text, tie('tree'), { maxKeys: 3, noNullPrototype: true }),
      ),
    }));
    fc.assert(
      fc.property(fc.dictionary(text, tree, { maxKeys: 3, noNullPrototype: true }), (values) => {
        const rendered = renderMap(values);
        assert.deepEqual(rendered === '' ? {} : parse(rendered), values);
      }),
      { numRuns: 500 },
    );
  });
});
