import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { nodeCommand, ruleOf, runAct, withRule } from '../actionSlice.ts';
import { neverAborted } from '../sliceWorkspace.ts';
import { runCommandLine } from './commandLineProcess.ts';
import { confinedRule } from './confinedAttempts.ts';
import { describeRows } from './describeRows.ts';
import { differences, treeOf } from './watchedWorld.ts';

const oddNames = [
  '$(touch pwn)',
  ';touch pwn;',
  '`touch pwn`',
  '| touch pwn',
  'a b',
  '-rf',
  '--config=x',
  '--import=.%2Fpwn.js',
  'new\nline',
  'it\u2019s "x"',
  "'",
  '&& touch pwn',
  '%PATH%',
  '{a,b}',
  '[x]',
  'q*',
  'w?',
  '+(p)',
];

describeRows('C: commands', [
  {
    id: 'C01',
    input: 'tests in files with the names of commands, flags and scripts',
    outcome: 'each runs as the file that it is, and nothing else comes into being',
    holds: () =>
      withRule(
        '',
        async (slice) => {
          const before = treeOf(slice.root);
          for (const paths of [[], oddNames.map((name) => `test/${name}.test.js`)]) {
            const { outcome } = await slice.running.engine.runTests(
              { root: slice.root, paths, ids: [], coverage: false },
              neverAborted,
            );
            assert.ok(outcome.kind === 'finished', JSON.stringify(outcome));
            assert.deepEqual(
              outcome.tests.map(({ path, status }) => `${status} ${path ?? ''}`).toSorted(),
              oddNames.map((name) => `passed test/${name}.test.js`).toSorted(),
            );
          }
          assert.deepEqual(differences(before, treeOf(slice.root)), []);
          assert.ok(
            !readdirSync(slice.root, { recursive: true }).some((path) => String(path).endsWith('pwn')),
          );
        },
        {
          files: {
            'package.json': '{"type":"module","scripts":{"test":"node --test"}}',
            ...Object.fromEntries(
              oddNames.map((name) => [
                `test/${name}.test.js`,
                "import { test } from 'node:test';\ntest('runs', () => undefined);\n",
              ]),
            ),
          },
        },
      ),
  },
  {
    id: 'C01',
    input: 'such names as the file of a rule, handed to a command on the command line',
    outcome: 'one argument each',
    holds: () =>
      withRule(
        ruleOf(
          '- type: run',
          `  ${nodeCommand('require("fs").appendFileSync("told", JSON.stringify(process.argv.slice(1)) + "\\n")', '--', '{file}')}`,
        ),
        async (slice) => {
          const names = oddNames.slice(0, 3).map((name) => `src/${name}.js`);
          for (const name of names) slice.write(name, 'export const a = 1;\n');
          for (const name of names) {
            const end = await runCommandLine(slice, ['run', '--rule', 'act', '--trust', '--', name]);
            assert.equal(end.code, 0, end.text);
          }
          const told = (slice.read('told') ?? '').trim().split('\n');
          assert.deepEqual(
            told.map((line) => JSON.parse(line) as unknown),
            names.map((name) => [name]),
          );
          assert.equal(slice.read('pwn'), undefined);
        },
      ),
  },
  {
    id: 'C03',
    input: 'a person allowed one command of git; the rule now adds -c core.fsmonitor to it',
    outcome: 'what was allowed is that argument list alone: it asks again, and nothing runs',
    holds: () => {
      const rule = (...words: readonly string[]): string =>
        ruleOf('- type: run', `  command: ${JSON.stringify(['git', ...words, 'status'])}`);
      return withRule(rule(), async (slice) => {
        const first = await slice.running.engine.runRule(
          { root: slice.root, rule: 'act', path: 'src/a.js' },
          neverAborted,
        );
        assert.ok(first.view);
        await slice.running.engine.approve(slice.root, [first.view], true);
        slice.write('.cursor/rules/act.mdc', rule('-c', 'core.fsmonitor=touch pwn; false'));
        await slice.running.engine.reloadRules(slice.root, 'all', neverAborted);
        const again = await slice.running.engine.runRule(
          { root: slice.root, rule: 'act', path: 'src/a.js' },
          neverAborted,
        );
        assert.equal(again.code, 'approval.missing');
        assert.equal(slice.read('pwn'), undefined);
      });
    },
  },
  {
    id: 'C03',
    input: 'words that a shell would expand, in a command without one',
    outcome: 'they stay words',
    holds: () =>
      withRule(
        ruleOf(
          '- type: run',
          `  ${nodeCommand('require("fs").writeFileSync("told", JSON.stringify(process.argv.slice(1)))', '--', '${x@P}', '$IFS', '$(touch pwn)', '~', '*')}`,
        ),
        async (slice) => {
          const result = await runAct(slice);
          assert.equal(result.outcome, 'unchanged', result.message);
          const words = ['${x@P}', '$IFS', '$(touch pwn)', '~', '*'];
          assert.deepEqual(JSON.parse(slice.read('told') ?? ''), words);
          assert.equal(slice.read('pwn'), undefined);
        },
      ),
  },
  {
    id: 'C04',
    input: 'a command prints a new line, ^C, the end of a bracketed paste, clipboard and title sequences',
    outcome: 'the terminal of the command line gets text alone',
    holds: () =>
      withRule(
        ruleOf(
          '- type: run',
          `  ${nodeCommand('process.stdout.write("a\\u0003\\u001b[201~touch pwn\\r\\n\\u001b]52;c;cHduZWQ=\\u0007\\u001b]0;title\\u0007\\u009b31m\\u001b]8;;command:evil\\u0007x")')}`,
        ),
        async (slice) => {
          const { text: shown } = await runCommandLine(slice, [
            'run',
            '--rule',
            'act',
            'src/a.js',
            '--trust',
          ]);
          assert.match(shown, /touch pwn/u);
          // Colours in their plain form are all that may be left of escapes.
          assert.doesNotMatch(
            shown.replace(/\u001B\[[\d;]*m/gu, ''),
            /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]/u,
          );
          assert.equal(slice.read('pwn'), undefined);
        },
      ),
  },
  {
    id: 'C05',
    input: 'the test script of package.json is changed by what a model let run, then tests run',
    outcome: 'the change is refused, the changed script never runs, package.json is as it was',
    only: 'linux',
    holds: () => {
      const manifest = '{"type":"module","scripts":{"test":"node --test"}}';
      const script =
        'try { require("fs").writeFileSync("package.json", JSON.stringify({ scripts: { test: "touch pwn" } })) } catch {}; try { require("fs").renameSync("package.json", "old.json"); require("fs").writeFileSync("package.json", "{}") } catch {}';
      return withRule(
        `${confinedRule(script).replace(/---\n$/u, '')}  - type: test\n    target: all\n---\n`,
        async (slice) => {
          const before = treeOf(slice.root);
          await runAct(slice);
          assert.deepEqual(differences(before, treeOf(slice.root)), []);
        },
        {
          files: {
            'package.json': manifest,
            'test/a.test.js': "import { test } from 'node:test';\ntest('runs', () => undefined);\n",
          },
        },
      );
    },
  },
]);
