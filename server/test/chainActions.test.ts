import assert from 'node:assert/strict';
import { nodeCommand, ruleOf, runAct, withRule } from './actionSlice.ts';
import { answer, head, passing, source, usual } from './sampleSlice.ts';
import type { Slice } from './sliceWorkspace.ts';

const sample = { workspace: 'workspaces/sample' } as const;
const failing = 'console.log("1h30m is expected"); process.exit(3)';

/** How the actions of the last run ended, in the order in which they began. */
function ended(slice: Slice): readonly (readonly [string, string | undefined])[] {
  const [last] = slice.running.engine.viewState().runs;
  return (last?.actions ?? []).map(({ action, result }) => [action, result]);
}

describe('a chain of actions', function () {
  this.timeout(60_000);

  it('hands what a command printed to a model, and tests what the model wrote, in one firing', () =>
    withRule(
      ruleOf(
        '- id: lint',
        '  type: run',
        `  ${nodeCommand(failing)}`,
        '- id: write',
        '  type: generate_tests',
        '  when: failure',
        '  message: "Cover this: {testOutput}"',
        '- id: prove',
        '  type: test',
      ),
      async (slice) => {
        const result = await runAct(slice, source);
        assert.deepEqual([result.outcome, result.code], ['proposed', 'ok'], result.message);
        assert.match(slice.models.requests[0]?.text ?? '', /Cover this: 1h30m is expected/u);
        assert.deepEqual(ended(slice), [
          ['lint', 'failed'],
          ['write', 'succeeded'],
          ['prove', 'succeeded'],
        ]);
        assert.deepEqual(
          result.view?.files.map(({ path }) => path),
          [usual],
        );
        assert.equal(slice.read(usual), undefined);
      },
      { ...sample, script: [answer(usual, ...head, passing)] },
    ));

  it('works in the copy once an action has edited, and proposes what a command changes there', () =>
    withRule(
      ruleOf(
        '- type: generate_tests',
        '- type: run',
        `  ${nodeCommand(`const fs = require("fs"); fs.appendFileSync("${usual}", "// formatted\\n"); fs.writeFileSync("notes.txt", "new\\n")`)}`,
      ),
      async (slice) => {
        const result = await runAct(slice, source);
        assert.deepEqual([result.outcome, result.code], ['proposed', 'ok'], result.message);
        const files = new Map(result.view?.files.map(({ path, after }) => [path, after]));
        assert.deepEqual([...files.keys()].toSorted(), ['notes.txt', usual].toSorted());
        assert.match(files.get(usual) ?? '', /1h30m[^]*\/\/ formatted\n$/u);
        assert.equal(slice.read('notes.txt'), undefined);
      },
      { ...sample, script: [answer(usual, ...head, passing)] },
    ));

  it('proposes nothing when the chain fails after the edit', () =>
    withRule(
      ruleOf('- type: generate_tests', '- type: run', `  ${nodeCommand('process.exit(1)')}`),
      async (slice) => {
        const result = await runAct(slice, source);
        assert.deepEqual([result.outcome, result.code], ['failed', 'action.failed'], result.message);
        assert.match(result.message, /is not proposed/u);
        assert.deepEqual(result.view?.files, []);
      },
      { ...sample, script: [answer(usual, ...head, passing)] },
    ));

  it('refuses a command that changes in the copy what no run may change', () =>
    withRule(
      ruleOf(
        '- type: generate_tests',
        '- type: run',
        `  ${nodeCommand('require("fs").writeFileSync("Makefile", "all:\\n\\ttouch pwn\\n")')}`,
      ),
      async (slice) => {
        const result = await runAct(slice, source);
        assert.deepEqual([result.outcome, result.code], ['refused', 'action.bad-change'], result.message);
      },
      { ...sample, script: [answer(usual, ...head, passing)] },
    ));

  const once =
    'const fs = require("fs"); const n = fs.existsSync("n") ? Number(fs.readFileSync("n")) : 0; fs.writeFileSync("n", String(n + 1)); process.exit(n < 2 ? 1 : 0)';

  it('tries again as often as `retry` says', () =>
    withRule(ruleOf('- type: run', '  retry: 2', `  ${nodeCommand(once)}`), async (slice) => {
      const result = await runAct(slice);
      assert.equal(result.outcome, 'unchanged', result.message);
      assert.equal(slice.read('n'), '3');
      assert.equal(result.view?.actions[0]?.attempt, 3);
    }));

  it('tells later actions the problems of the last try, once', () =>
    withRule(
      ruleOf(
        '- type: run',
        '  retry: 1',
        '  problem_matcher: $gcc',
        `  ${nodeCommand('console.log("src/a.js:1:2: error: x"); process.exit(1)')}`,
        '- type: run',
        '  when: failure',
        `  ${nodeCommand('require("fs").writeFileSync("told", process.argv[1])', '--', '{problems}')}`,
      ),
      async (slice) => {
        const result = await runAct(slice);
        assert.equal(result.outcome, 'unchanged', result.message);
        assert.match(result.message, /^1 of 2 actions ended well, and what failed was answered/u);
        assert.equal(slice.read('told'), 'src/a.js:1:2: error: x [gcc]');
      },
    ));

  it('does what `fallback` names when all tries failed, and goes on', () =>
    withRule(
      ruleOf(
        '- id: first',
        '  type: run',
        '  retry: 1',
        '  fallback: second',
        `  ${nodeCommand('process.exit(1)')}`,
        '- id: second',
        '  type: run',
        `  ${nodeCommand('')}`,
        '- id: third',
        '  type: run',
        `  ${nodeCommand('')}`,
      ),
      async (slice) => {
        const result = await runAct(slice);
        assert.equal(result.outcome, 'unchanged', result.message);
        assert.deepEqual(ended(slice), [
          ['first', 'failed'],
          ['second', 'succeeded'],
          ['third', 'succeeded'],
        ]);
      },
    ));

  it('skips what waits for a success, and cleans up always', () =>
    withRule(
      ruleOf(
        '- id: build',
        '  type: run',
        `  ${nodeCommand('process.exit(2)')}`,
        '- id: deploy',
        '  type: run',
        `  ${nodeCommand('')}`,
        '- id: clean',
        '  type: run',
        '  when: always',
        `  ${nodeCommand('')}`,
      ),
      async (slice) => {
        const result = await runAct(slice);
        assert.deepEqual([result.outcome, result.code], ['failed', 'action.failed']);
        assert.deepEqual(ended(slice), [
          ['build', 'failed'],
          ['deploy', 'skipped'],
          ['clean', 'succeeded'],
        ]);
      },
    ));

  it('runs branches at the same time', () => {
    const meet = (own: string, other: string): string =>
      nodeCommand(
        `const fs = require("fs"); fs.writeFileSync("${own}", ""); const end = Date.now() + 10000; while (!fs.existsSync("${other}")) if (Date.now() > end) process.exit(1)`,
      );
    return withRule(
      ruleOf(
        '- id: first',
        '  type: run',
        `  ${nodeCommand('')}`,
        '- id: left',
        '  type: run',
        '  needs: first',
        `  ${meet('a', 'b')}`,
        '- id: right',
        '  type: run',
        '  needs: first',
        `  ${meet('b', 'a')}`,
        '- id: last',
        '  type: run',
        '  needs: [left, right]',
        `  ${nodeCommand('')}`,
      ),
      async (slice) => {
        const result = await runAct(slice);
        assert.equal(result.outcome, 'unchanged', result.message);
        assert.deepEqual(ended(slice).at(-1), ['last', 'succeeded']);
      },
    );
  });

  it('ends when the seconds of the rule are over, whatever is left to do', () =>
    withRule(
      ruleOf(
        '- type: run',
        `  ${nodeCommand('setTimeout(() => {}, 30000)')}`,
        '- type: run',
        `  ${nodeCommand('')}`,
      ).replace('on: save', 'on: save\nbudget: {seconds: 1}'),
      async (slice) => {
        const result = await runAct(slice);
        assert.deepEqual([result.outcome, result.code], ['refused', 'budget.seconds'], result.message);
      },
    ));
});

describe('a rule that runs tests', function () {
  this.timeout(60_000);

  it('runs those that concern the file, and shows them like any others', () =>
    withRule(
      ruleOf('- type: test'),
      async (slice) => {
        const result = await runAct(slice, source);
        assert.deepEqual([result.outcome, result.code], ['unchanged', 'ok'], result.message);
        const tests = slice.running.engine.viewState().tests.flatMap((file) => file.tests);
        assert.ok(tests.length > 0 && tests.every(({ status }) => status === 'passed'));
      },
      { ...sample },
    ));

  it('fails when one of them fails, with what failed for the next action', () =>
    withRule(
      ruleOf(
        '- type: test',
        '- type: run',
        '  when: failure',
        `  ${nodeCommand('require("fs").writeFileSync("told", process.argv[1])', '{testOutput}')}`,
      ),
      async (slice) => {
        slice.write(
          'test/red.test.js',
          'import { test } from "node:test"; import "../src/duration.js"; test("is red", () => { throw new Error("for a reason"); });\n',
        );
        const result = await runAct(slice, source);
        assert.equal(result.outcome, 'unchanged', result.message);
        assert.match(slice.read('told') ?? '', /is red[^]*for a reason/u);
        assert.ok(
          slice.running.engine.viewState().tests.some(({ tests }) => tests.some(({ failure }) => failure)),
        );
      },
      { ...sample },
    ));

  const coverages: readonly (readonly [string, string, RegExp])[] = [
    ['min_coverage: 1', 'unchanged', /src\/duration\.js is covered to .* of at least 1 %/u],
    ['min_coverage: 100\n    target: test/empty.test.js', 'unchanged', /of at least 100 %/u],
    ['fail_under: 100\n    target: test/empty.test.js', 'failed', /of at least 100 %/u],
  ];
  for (const [keys, outcome, message] of coverages)
    it(`holds the file to its ${keys.split('\n')[0]}`, () =>
      withRule(
        ruleOf('- type: test', `  ${keys}`),
        async (slice) => {
          slice.write(
            'test/empty.test.js',
            'import { test } from "node:test"; test("does nothing", () => {});\n',
          );
          const result = await runAct(slice, source);
          assert.equal(result.outcome, outcome, result.message);
          assert.match(result.message, message);
        },
        { ...sample },
      ));
});
