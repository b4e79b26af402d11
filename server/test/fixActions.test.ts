import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { nodeCommand, ruleOf, runAct, withRule } from './actionSlice.ts';
import { answer, source } from './sampleSlice.ts';
import type { Slice, SliceOptions } from './sliceWorkspace.ts';

const sample = new URL('../../test-fixtures/workspaces/sample/', import.meta.url);
const sound = readFileSync(new URL(source, sample), 'utf8');
const tests = readFileSync(new URL('test/duration.test.js', sample), 'utf8');
const testFile = 'test/duration.test.js';
const minute = 'm: 60_000';
const broken = sound.replace(minute, 'm: 60');

/** An answer of search/replace blocks, each of one line. */
function blocks(path: string, ...changes: readonly (readonly [search: string, replace: string])[]) {
  const lines = changes.flatMap(([search, replace]) => [
    '<<<<<<< SEARCH',
    search,
    '=======',
    replace,
    '>>>>>>> REPLACE',
  ]);
  return answer(path, ...lines);
}

const line = (ms: string): string =>
  `const units = { ms: 1, s: 1_000, m: ${ms}, h: 3_600_000, d: 86_400_000 };`;
const mend = blocks(source, [line('60'), line('60_000')]);
const weaken = blocks(testFile, [
  "  assert.equal(parseDuration('1h30m'), 5_400_000);",
  "  assert.ok(parseDuration('1h30m'));",
]);

function withBug(
  keys: readonly string[],
  use: (slice: Slice) => Promise<void>,
  options: Partial<SliceOptions>,
): Promise<void> {
  const rule = ruleOf('- type: fix', ...keys.map((key) => `  ${key}`));
  return withRule(rule, use, {
    workspace: 'workspaces/sample',
    ...options,
    files: { [source]: broken, ...options.files },
  });
}

describe('the action fix', function () {
  this.timeout(60_000);

  it('mends the code until its tests are green, and proposes the edit with both results', () =>
    withBug(
      [],
      async (slice) => {
        const result = await runAct(slice, source);
        assert.deepEqual([result.outcome, result.code], ['proposed', 'ok'], result.message);
        assert.match(
          result.message,
          /1 test that failed passes now \(1 passed and 1 failed before, 2 and 0 now\)/u,
        );
        assert.deepEqual(
          result.view?.files.map(({ path, after }) => [path, after]),
          [[source, sound]],
        );
        assert.deepEqual(result.view?.testsBefore, { passed: 1, failed: 1, skipped: 0 });
        assert.deepEqual(result.view?.testsAfter, { passed: 2, failed: 0, skipped: 0 });
        assert.equal(slice.read(source), broken);
        assert.match(
          slice.models.requests[0]?.text ?? '',
          /# What failed[^]*1 of 2 failed[^]*adds several units/u,
        );
      },
      { script: [mend] },
    ));

  it('lands what is proven and runs the concerned tests in place', () =>
    withBug(
      [],
      async (slice) => {
        const result = await runAct(slice, source);
        assert.deepEqual([result.outcome, result.code], ['landed', 'ok'], result.message);
        assert.match(result.message, /2 tests pass in place/u);
        assert.equal(slice.read(source), sound);
      },
      { script: [mend], settings: { approval: 'auto' } },
    ));

  it('sends back what still fails, until it is green', () =>
    withBug(
      [],
      async (slice) => {
        const result = await runAct(slice, source);
        assert.equal(result.outcome, 'proposed', result.message);
        assert.match(slice.models.requests[1]?.text ?? '', /1 of 2 failed[^]*The tests stay as they are/u);
      },
      { script: [blocks(source, [line('60'), line('6_000')]), mend] },
    ));

  it('mends what a test names when it fires on the test', () =>
    withBug(
      [],
      async (slice) => {
        const result = await runAct(slice, testFile);
        assert.equal(result.outcome, 'proposed', result.message);
        assert.deepEqual(
          result.view?.files.map(({ path }) => path),
          [source],
        );
      },
      { script: [mend] },
    ));

  it('asks nobody where nothing fails', () =>
    withBug(
      [],
      async (slice) => {
        const result = await runAct(slice, source);
        assert.deepEqual([result.outcome, result.code], ['unchanged', 'ok'], result.message);
        assert.equal(slice.models.requests.length, 0);
      },
      { script: [mend], files: { [source]: sound } },
    ));

  for (const [what, edit, reason] of [
    ['weakens an assertion', weaken, /tests are locked[^]*no longer asserts `assert\.equal/u],
    [
      'skips a test',
      blocks(testFile, [
        "test('adds several units', () => {",
        "test('adds several units', { skip: true }, () => {",
      ]),
      /tests are locked[^]*`skip` keeps the test/u,
    ],
    ['empties the tests', answer(testFile, "import 'node:test';"), /tests are locked[^]*is gone/u],
    ['adds a test', answer('test/other.test.js', "import 'node:test';"), /tests are locked/u],
    ['changes what tests use', answer('test/support.js', 'export const a = 1;'), /tests are locked/u],
    [
      'changes the manifest',
      answer('package.json', '{"scripts":{"test":"true"}}'),
      /may only write the files that it names/u,
    ],
    ['writes elsewhere', answer('../evil.js', 'throw 1;'), /leaves the workspace folder/u],
    ['writes a rule', answer('.cursor/rules/x.mdc', 'alwaysApply: true'), /may only write/u],
  ] as const) {
    it(`refuses an answer that ${what}, and says so to the model`, () =>
      withBug(
        [],
        async (slice) => {
          const result = await runAct(slice, source);
          assert.equal(result.outcome, 'proposed', result.message);
          assert.match(slice.models.requests[1]?.text ?? '', reason);
          assert.deepEqual(
            result.view?.files.map(({ path }) => path),
            [source],
          );
          assert.equal(slice.read(testFile), tests);
        },
        { script: [edit, mend] },
      ));
  }

  it('lets tests be changed where the rule says so, by their own rule', () =>
    withBug(
      ['may_change_tests: true'],
      async (slice) => {
        const result = await runAct(slice, testFile);
        assert.equal(result.outcome, 'proposed', result.message);
        assert.deepEqual(
          result.view?.files.map(({ path }) => path),
          [testFile],
        );
      },
      { script: [weaken] },
    ));

  for (const [what, edit] of [
    [
      'ends the process before the tests run',
      blocks(source, [line('60'), `process.exit(0);\n${line('60')}`]),
    ],
    [
      'claims a good end',
      blocks(source, [line('60'), `process.on('exit', () => (process.exitCode = 0));\n${line('60')}`]),
    ],
  ] as const) {
    it(`does not take for mended what ${what}`, () =>
      withBug(
        [],
        async (slice) => {
          const result = await runAct(slice, source);
          assert.notEqual(result.outcome, 'proposed', result.message);
          assert.equal(slice.read(source), broken);
        },
        { script: [edit] },
      ));
  }

  for (const [what, script, outcome, code] of [
    ['the same edit comes twice', [blocks(source, [line('60'), line('6')])], 'failed', 'proof.no-progress'],
    [
      'the attempts are used',
      ['1', '2', '3'].map((ms) => blocks(source, [line('60'), line(ms)])),
      'refused',
      'budget.attempts',
    ],
    [
      'the model gives up',
      [{ kind: 'answer', text: 'NOTHING: the tests are wrong\n' }],
      'failed',
      'proof.given-up',
    ],
    ['the model is silent', [{ kind: 'answer', text: '' }], 'failed', 'model.bad-answer'],
  ] as const) {
    it(`stops when ${what}, and leaves the files as they were`, () =>
      withBug(
        [],
        async (slice) => {
          const result = await runAct(slice, source);
          assert.deepEqual([result.outcome, result.code], [outcome, code], result.message);
          assert.equal(slice.read(source), broken);
          assert.deepEqual(result.view?.files, []);
        },
        {
          script,
          settings: {
            limits: { usdPerRun: 0.5, usdPerDay: 5, secondsPerRun: 600, attempts: 3, tokensPerRun: 200_000 },
          },
        },
      ));
  }

  it('stops when the number of failing tests rises twice', () =>
    withBug(
      [],
      async (slice) => {
        const result = await runAct(slice, source);
        assert.deepEqual([result.outcome, result.code], ['failed', 'proof.getting-worse'], result.message);
      },
      {
        script: [
          blocks(source, [line('60'), line('61')]),
          blocks(source, [line('60'), line('60').replace('s: 1_000', 's: 1')]),
          blocks(source, [line('60'), line('62')]),
          blocks(source, [line('60'), line('62').replace('s: 1_000', 's: 2')]),
        ],
      },
    ));

  it('mends code that does not load', () =>
    withBug(
      [],
      async (slice) => {
        const result = await runAct(slice, source);
        assert.equal(result.outcome, 'proposed', result.message);
        assert.deepEqual(result.view?.testsAfter, { passed: 2, failed: 0, skipped: 0 });
      },
      {
        files: { [source]: sound.replace('const units', 'cosnt units') },
        script: [blocks(source, [line('60_000').replace('const', 'cosnt'), line('60_000')])],
      },
    ));

  const lint =
    "const text = require('fs').readFileSync('src/duration.js', 'utf8'); if (/60_000/.test(text)) { console.log('src/duration.js:1:1: error: write 6e4'); process.exit(1); } require('fs').writeFileSync('left.txt', 'x');";
  const linted = (): string =>
    ruleOf(
      '- id: lint',
      '  type: run',
      '  problem_matcher: $gcc',
      `  ${nodeCommand(lint)}`,
      '- type: fix',
      '  when: failure',
    );
  const tidy = blocks(source, [line('60_000'), line('6e4')]);

  it('mends what a command reported, and runs the command again in the copy', () =>
    withRule(
      linted(),
      async (slice) => {
        const result = await runAct(slice, source);
        assert.equal(result.outcome, 'proposed', result.message);
        assert.match(result.message, /`lint` reports nothing any more/u);
        assert.deepEqual(
          result.view?.files.map(({ path }) => path),
          [source],
        );
        assert.match(slice.models.requests[0]?.text ?? '', /Problems that were found[^]*write 6e4/u);
        assert.match(slice.models.requests[1]?.text ?? '', /ended with code 1[^]*write 6e4/u);
        assert.equal(slice.read('left.txt'), undefined);
      },
      {
        workspace: 'workspaces/sample',
        script: [blocks(source, [line('60_000'), `// 60_000\n${line('6e4')}`]), tidy],
      },
    ));

  it('does not take for mended what breaks a test, though the command is content', () =>
    withRule(
      linted(),
      async (slice) => {
        const result = await runAct(slice, source);
        assert.equal(result.outcome, 'proposed', result.message);
        assert.match(slice.models.requests[1]?.text ?? '', /1 of 2 failed/u);
      },
      { workspace: 'workspaces/sample', script: [blocks(source, [line('60_000'), line('60')]), tidy] },
    ));

  it('asks nobody where the command before it reports nothing', () =>
    withRule(
      linted(),
      async (slice) => {
        const result = await runAct(slice, source);
        assert.equal(result.outcome, 'unchanged', result.message);
        assert.equal(slice.models.requests.length, 0);
      },
      { workspace: 'workspaces/sample', files: { [source]: sound.replace('60_000', '6e4') }, script: [] },
    ));

  const python = 'def add(a, b):\n    return a + b\n';
  const pytest = 'from add import add\n\n\ndef test_adds():\n    assert add(1, 2) == 3\n';
  for (const [what, from, to] of [
    ['is wrong', 'a + b', 'a - b'],
    ['does not load', 'def add', 'dfe add'],
  ] as const)
    it(`mends Python that ${what}`, () =>
      withRule(
        ruleOf('- type: fix').replace('**/*.js', '**/*.py'),
        async (slice) => {
          const result = await runAct(slice, 'add.py');
          assert.deepEqual([result.outcome, result.code], ['landed', 'ok'], result.message);
          assert.equal(slice.read('add.py'), python);
        },
        {
          files: { 'add.py': python.replace(from, to), 'test_add.py': pytest, 'pyproject.toml': '' },
          script: [answer('add.py', ...python.trimEnd().split('\n'))],
          settings: { approval: 'auto' },
        },
      ));
});
