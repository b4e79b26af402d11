import assert from 'node:assert/strict';
import type { FileCoverage, TestRunOutcome } from '../../protocol/tests.ts';
import type { RunView } from '../../protocol/viewState.ts';
import { CommandLineWorkspace, diskPorts, type Ended } from '../../test/commandLine.ts';
import { createRunView, escape } from '../../test/runViews.ts';
import { createScriptedEngine } from '../../test/scriptedEngine.ts';

const message = 'what happened and what to do';

describe('codegen-lab test', () => {
  let workspace: CommandLineWorkspace;
  before(() => {
    workspace = new CommandLineWorkspace({ 'src/a.js': '', 'src/deep/b.js': '', 'old.js': 'old\n' });
  });
  after(() => workspace.remove());

  const red: TestRunOutcome = {
    kind: 'finished',
    ms: 1234,
    tests: [
      { id: 'a', name: 'adds', suites: [], path: 'test/a.test.js', line: 2, status: 'passed', ms: 1 },
      {
        id: 'b',
        name: `subtracts ${escape}`,
        suites: ['sums'],
        path: 'test/a.test.js',
        line: 5,
        status: 'failed',
        ms: 1,
        failure: {
          message: 'not equal',
          detail: '',
          frames: [
            { path: 'src/a.js', line: 1 },
            { path: 'test/a.test.js', line: 7 },
          ],
          expected: '1',
          actual: `${escape}2`,
        },
      },
      { id: 'c', name: 'later', suites: [], status: 'skipped', ms: 0 },
    ],
  };

  it('shows a failure with its place, expected and actual, and the totals', async () => {
    const { code, stdout } = await runTests('test', red);
    assert.equal(code, 1);
    assert.match(
      stdout,
      /^FAIL sums > subtracts .*\n {5}test\/a\.test\.js:8\n {5}not equal\n {5}expected: 1\n {5}actual: {3}.*2\n\n/,
    );
    assert.match(stdout, /\n1 passed, 1 failed, 1 skipped \(node, 1\.2 s\)\n$/);
    assert.doesNotMatch(stdout, /[\u0000-\u0009\u000B-\u001F\u202E]/);
  });

  it('prints one JSON document with the tests', async () => {
    const { stdout } = await runTests('test --json', red);
    const document = JSON.parse(stdout) as Record<string, unknown>;
    assert.deepEqual(
      [document['outcome'], document['counts'], document['runner']],
      ['finished', { passed: 1, failed: 1, skipped: 1 }, 'node'],
    );
    assert.deepEqual(document['tests'], red.kind === 'finished' ? red.tests : undefined);
  });

  it('shows what was covered and which lines were missed', async () => {
    const coverage = [
      { path: 'src/a.js', coveredLines: 7, lines: 10, covered: [0, 1, 4, 5, 6, 7, 9], missed: [2, 3, 8] },
      { path: 'b.js', coveredLines: 0, lines: 0, covered: [], missed: [] },
    ];
    const { stdout } = await runTests('test --coverage', red, coverage);
    assert.deepEqual(stdout.split('\n').slice(-7, -3), [
      'File       Lines        Missing',
      'b.js           –  0/0   ',
      'src/a.js    70 %  7/10  3-4, 9',
      'All files   70 %  7/10  ',
    ]);
  });

  const others: readonly (readonly [TestRunOutcome, number])[] = [
    [{ kind: 'noTests', message }, 1],
    [{ kind: 'noReport', message, output: `crash ${escape}` }, 1],
    [{ kind: 'timedOut', message, ms: 5 }, 1],
    [{ kind: 'runnerMissing', message }, 2],
    [{ kind: 'notConfined', message }, 3],
  ];
  for (const [outcome, expected] of others) {
    it(`ends with ${expected} and says what to do when the outcome is ${outcome.kind}`, async () => {
      const { code, stdout } = await runTests('test', outcome);
      assert.equal(code, expected);
      assert.ok(stdout.startsWith(`${message}\n`));
      assert.doesNotMatch(stdout, /\u001B/);
    });
  }

  it('tells a refusal of the run around the tests', async () => {
    const ended = await runTests('test', { kind: 'noReport', message: 'other', output: '' }, [], {
      outcome: 'refused',
      code: 'trust.missing',
    });
    assert.deepEqual(pick(ended), [3, `${message}\n`]);
  });

  it('shows what the runner prints on standard error, harmless, and not with --json', async () => {
    const watched = await runTests('test', red);
    assert.equal(watched.stderr, '$ node --test\nok 1\nnot ok 2\ndone\n');
    assert.equal((await runTests('test --json', red)).stderr, '');
  });

  it('runs what a change can affect, says why, and how much is left', async () => {
    const ended = await runTests('test --affected src/a.js', { kind: 'finished', tests: [], ms: 1 });
    assert.equal(ended.code, 0);
    assert.match(
      ended.stderr,
      /^1 test file can be affected by 1 changed file; 2 left for later\.\n {2}test\/a\.test\.js imports src\/a\.js\n/,
    );
    assert.match(ended.stderr, /2 test files did not run as a whole; --then-rest does that afterwards\.\n$/);
    assert.deepEqual(asked, [['test/a.test.js']]);
  });

  it('runs the rest afterwards where that is asked, if it is green', async () => {
    await runTests('test --affected src/a.js --then-rest', { kind: 'finished', tests: [], ms: 1 });
    assert.deepEqual(asked, [['test/a.test.js'], ['test/b.test.js', 'test/c.test.js']]);
    await runTests('test --affected src/a.js --then-rest', red);
    assert.deepEqual(asked, [['test/a.test.js']]);
  });

  const asked: (readonly string[])[] = [];

  function runTests(
    words: string,
    outcome: TestRunOutcome,
    coverage: readonly FileCoverage[] = [],
    end: Partial<RunView> = {},
  ): Promise<Ended> {
    const engine = createScriptedEngine();
    asked.length = 0;
    return workspace.run(words, {
      line: {
        createEngine: ({ terminal }) => ({
          engine: {
            ...engine,
            testQueries: () => ({
              files: async () =>
                ['a', 'b', 'c'].map((name) => ({ path: `test/${name}.test.js`, runner: 'node-test' })),
              declaredIn: async () => undefined,
              affected: async () => ({
                ...{ paths: ['test/a.test.js'], ids: [], why: '', left: 2 },
                choices: [{ path: 'test/a.test.js', why: 'imports src/a.js' }],
              }),
              coverage: () => undefined,
              coverageOf: () => undefined,
              runners: async () => ({ packages: [], notRun: [] }),
            }),
            runTests: async ({ paths }) => {
              asked.push(paths);
              const watched = terminal.open({
                run: 'r1',
                title: '',
                command: `node --test${escape.slice(0, 10)}`,
              });
              watched.write('ok 1\nnot \u001B[');
              watched.write('2Jok 2\n');
              watched.close('done');
              engine.show({ runs: [createRunView(end)] });
              return { run: 'r1', outcome, runner: 'node', coverage };
            },
          },
          journals: { recent: async () => [] },
          secrets: { read: async () => undefined },
          providers: [],
          ...diskPorts(),
        }),
      },
    });
  }
});

function pick({ code, stdout }: Ended): readonly [number, string] {
  return [code, stdout];
}
