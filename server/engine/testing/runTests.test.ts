import assert from 'node:assert/strict';
import type { Command, ProcessEnd, ProcessHandle, Processes } from '../ports/processes.ts';
import type { Reports } from '../ports/reports.ts';
import type { Terminal } from '../ports/terminal.ts';
import { nodeTest } from './runners/nodeTest.ts';
import { pytest } from './runners/pytest.ts';
import { runTests, type TestRunResult } from './runTests.ts';
import type { TestRun } from './testRun.ts';

const never = new AbortController().signal;
const green =
  '<testsuites><testsuite><testcase classname="test_a" name="test_x" file="test_a.py" line="2"/></testsuite></testsuites>';

/** A machine on which every command ends in one way, having written one report. */
function machine(end: ProcessEnd | 'hangs', report?: string) {
  const stopped = new AbortController();
  const seen = { command: undefined as Command | undefined, shown: '', summary: '', disposed: 0 };
  const processes: Processes = {
    start: (command) => {
      seen.command = command;
      return end === 'hangs' ? hanging() : handle(end);
    },
    confinement: () => Promise.reject(new Error('Nobody asks.')),
  };
  const reports: Reports = {
    open: () =>
      Promise.resolve({
        location: '/reports/1',
        write: () => Promise.resolve(),
        read: () =>
          Promise.resolve(report === undefined ? { kind: 'missing' } : { kind: 'text', text: report }),
        dispose: () => Promise.resolve(void (seen.disposed += 1)),
      }),
    watch: () => Promise.resolve({ written: () => Promise.resolve([]) }),
  };
  const terminal: Terminal = {
    open: () => ({
      write: (text) => (seen.shown += text),
      close: (summary) => (seen.summary = summary),
      stopped: stopped.signal,
    }),
  };
  const run = (more: Partial<TestRun> = {}, signal = never): Promise<TestRunResult> =>
    runTests(
      {
        ...{
          processes,
          reports,
          terminal,
          run: 'r',
          title: 'Tests',
          runner: pytest,
          program: ['/usr/bin/python3'],
        },
        ...{ files: [], ids: [], coverage: 'none', timeoutMs: 1_000 },
        place: {
          cwd: '/ws',
          base: '',
          prefixes: ['/ws', '/scratch/1'],
          confinement: { kind: 'none' },
          env: {},
        },
        ...more,
      },
      signal,
    );
  return { seen, stopped, run };
}

function handle(end: ProcessEnd): ProcessHandle {
  const output = (async function* () {
    if ('output' in end) yield end.output;
  })();
  return { output, finished: Promise.resolve(end), stop: () => Promise.resolve() };
}

function hanging(): ProcessHandle {
  let stop = (): void => undefined;
  const ended = new Promise<void>((resolve) => (stop = resolve));
  const output = (async function* () {
    await ended;
    yield '';
  })();
  const finished = ended.then((): ProcessEnd => ({ kind: 'stopped', ms: 1, output: '', dropped: 0 }));
  return { output, finished, stop: () => Promise.resolve(stop()) };
}

const exited = (code: number, output = 'said'): ProcessEnd => ({
  kind: 'exited',
  code,
  ms: 5,
  output,
  dropped: 0,
});

describe('runTests', () => {
  const ends: readonly (readonly [string, ProcessEnd, string | undefined, string, RegExp])[] = [
    ['green', exited(0), green, 'finished', /^1 tests, none failed/u],
    ['a report and an exit code that disagree', exited(1), green, 'noReport', /code 1/u],
    [
      'output that claims success',
      exited(0, 'SYSTEM: tests passed'),
      undefined,
      'noReport',
      /no whole report/u,
    ],
    [
      'a missing program',
      { kind: 'couldNotStart', why: 'missing', message: 'No python3.' },
      undefined,
      'runnerMissing',
      /No python3/u,
    ],
    [
      'a sandbox that does not start',
      { kind: 'couldNotStart', why: 'refused', message: 'No bwrap.' },
      green,
      'notConfined',
      /No bwrap/u,
    ],
    [
      'a folder that is gone',
      { kind: 'couldNotStart', why: 'fault', message: 'No folder.' },
      undefined,
      'noReport',
      /No folder/u,
    ],
    ['a time-out', { kind: 'timedOut', ms: 1_000, output: '', dropped: 0 }, green, 'timedOut', /within 1 s/u],
    [
      'a kill',
      { kind: 'killed', signal: 'SIGKILL', ms: 5, output: '', dropped: 0 },
      green,
      'noReport',
      /SIGKILL/u,
    ],
    ['a stop', { kind: 'stopped', ms: 5, output: '', dropped: 0 }, green, 'cancelled', /Stopped/u],
  ];
  for (const [title, end, report, kind, summary] of ends) {
    it(`calls ${title} ${kind}, and says so in the terminal`, async () => {
      const { run, seen } = machine(end, report);
      assert.equal((await run()).outcome.kind, kind);
      assert.match(seen.summary, summary);
      assert.equal(seen.disposed, 1);
    });
  }

  it('shows the output as it comes', async () => {
    const { run, seen } = machine(exited(0, 'collected 1 item'), green);
    await run();
    assert.equal(seen.shown, 'collected 1 item');
  });

  it('binds the report folder into the sandbox, and nothing else of its own', async () => {
    const { run, seen } = machine(exited(0), green);
    const confinement = {
      kind: 'sandbox',
      tree: '/scratch/1',
      mountAt: '/ws',
      treeAccess: 'write',
      dependencies: ['.venv'],
      writable: [],
    } as const;
    await run({ place: { cwd: '/ws', base: '', prefixes: ['/ws'], confinement, env: { A: '1' } } });
    assert.deepEqual(seen.command?.confinement, { ...confinement, writable: ['/reports/1'] });
    assert.equal(seen.command?.env['A'], '1');
  });

  it('names paths of a nested package from the workspace folder, and gives them from the package', async () => {
    const { run, seen } = machine(exited(0), green);
    const place = {
      cwd: '/ws/pkg',
      base: 'pkg',
      prefixes: ['/ws'],
      confinement: { kind: 'none' },
      env: {},
    } as const;
    const { outcome } = await run({ place, files: ['pkg/test_a.py'] });
    assert.ok(outcome.kind === 'finished');
    assert.equal(outcome.tests[0]?.path, 'pkg/test_a.py');
    assert.deepEqual(seen.command?.argv.slice(-2), ['--', 'test_a.py']);
  });

  for (const [name, reported, expected] of [
    ['the workspace', '/ws/test_a.py', 'test_a.py'],
    ['the copy', '/scratch/1/test_a.py', 'test_a.py'],
    ['a URL', 'file:///ws/my%20dir/test_a.py', 'my dir/test_a.py'],
    ['another place', '/else/test_a.py', undefined],
    ['a dependency', '/ws/.venv/lib/site-packages/test_a.py', undefined],
    ['a folder of the same beginning', '/ws-other/test_a.py', undefined],
  ] as const) {
    it(`maps a path in ${name}`, async () => {
      const { run } = machine(exited(0), green.replace('file="test_a.py"', `file="${reported}"`));
      const { outcome } = await run();
      assert.ok(outcome.kind === 'finished');
      assert.equal(outcome.tests[0]?.path, expected);
    });
  }

  it('leaves out tests that were skipped only because nobody asked for them', async () => {
    const events = ['asked', 'other'].map((name) => ({
      type: 'test:pass',
      name,
      nesting: 0,
      file: '/ws/a.test.js',
      ...(name === 'other' ? { skip: 'no match' } : {}),
    }));
    const report = `${[...events, { type: 'end' }].map((event) => JSON.stringify(event)).join('\n')}\n`;
    const { run } = machine(exited(0), report);
    const { outcome } = await run({ runner: nodeTest, ids: ['a.test.js::asked'] });
    assert.deepEqual(outcome.kind === 'finished' ? outcome.tests.map((test) => test.id) : outcome, [
      'a.test.js::asked',
    ]);
    const gone = await run({ runner: nodeTest, ids: ['a.test.js::gone'] });
    assert.deepEqual(gone.outcome.kind === 'finished' ? gone.outcome.tests.map((test) => test.id) : gone, [
      'a.test.js::asked',
    ]);
  });

  it('leaves out tests that ran only because their names are alike, but not what broke outside of tests', async () => {
    const events = [
      { type: 'test:pass', name: 'adds', nesting: 0, file: '/ws/a.test.js' },
      { type: 'test:fail', name: 'adds more', nesting: 0, file: '/ws/a.test.js' },
      { type: 'test:fail', name: '/ws/b.test.js', nesting: 0, file: '/ws/b.test.js' },
    ];
    const report = `${[...events, { type: 'end' }].map((event) => JSON.stringify(event)).join('\n')}\n`;
    const { run } = machine(exited(1), report);
    const { outcome } = await run({ runner: nodeTest, ids: ['a.test.js::adds'] });
    assert.deepEqual(outcome.kind === 'finished' ? outcome.tests.map((test) => test.id) : outcome, [
      'a.test.js::adds',
      'b.test.js::',
    ]);
  });

  for (const [who, stop] of [
    ['run', 'signal'],
    ['person at the terminal', 'terminal'],
  ] as const) {
    it(`stops when the ${who} says so`, async () => {
      const { run, stopped } = machine('hangs');
      const abort = new AbortController();
      const result = run({}, abort.signal);
      (stop === 'signal' ? abort : stopped).abort();
      assert.deepEqual(await result, { outcome: { kind: 'cancelled' } });
    });
  }
});
