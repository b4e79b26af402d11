import assert from 'node:assert/strict';
import type { DebugCommand, DebugEnd } from '../../protocol/testDisplay.ts';
import type { Debugger } from '../ports/debugger.ts';
import type { Command, Processes } from '../ports/processes.ts';
import { countTests, type TestRunOutcome } from '../../protocol/tests.ts';
import { recordedPaths, recordedReport } from '../../test/recordedReports.ts';
import { nodeTest } from '../testing/runners/nodeTest.ts';
import { debuggedProcesses, debuggedRunner } from './debuggedProcesses.ts';

const command: Command = {
  argv: ['/bin/node', '--test', 'a.js'],
  cwd: '/w/p',
  env: { A: '1' },
  timeoutMs: 1,
  maxOutputBytes: 1,
  confinement: { kind: 'none' },
};

const processes: Processes = {
  confinement: async () => ({ kind: 'unavailable', reason: '', remedy: '' }),
  start: () => assert.fail('Nothing starts beside the debugger.'),
};

function start(held: Debugger): ReturnType<Processes['start']> {
  let now = 1_000;
  const clock = (): number => (now += 7);
  return debuggedProcesses({
    debugger: held,
    processes,
    run: 'r',
    root: '/w',
    language: 'node',
    now: clock,
  }).start(command);
}

describe('a command under a debugger', () => {
  const ends: readonly (readonly [DebugEnd, Readonly<Record<string, unknown>>])[] = [
    [{ kind: 'ended' }, { kind: 'exited', code: 0, ms: 7, output: '', dropped: 0 }],
    [{ kind: 'stopped' }, { kind: 'stopped', ms: 7, output: '', dropped: 0 }],
    [
      { kind: 'refused', message: 'Install it.' },
      { kind: 'couldNotStart', why: 'missing', message: 'Install it.' },
    ],
  ];
  for (const [end, expected] of ends) {
    it(`${end.kind}: ends as a process does`, async () => {
      assert.deepEqual(await start({ debug: async () => end }).finished, expected);
    });
  }

  it('is what the runner asked for, in the language of the runner', async () => {
    const asked: DebugCommand[] = [];
    await start({
      debug: async (given) => {
        asked.push(given);
        return { kind: 'ended' };
      },
    }).finished;
    const { argv, cwd, env } = command;
    assert.deepEqual(asked, [
      { run: 'r', folder: '/w', title: 'Debug tests (node)', language: 'node', argv, cwd, env },
    ]);
  });

  it('is ended with the run', async () => {
    const handle = start({
      debug: (_, signal) =>
        new Promise((resolve) => signal.addEventListener('abort', () => resolve({ kind: 'stopped' }))),
    });
    await handle.stop();
    assert.equal((await handle.finished).kind, 'stopped');
  });
});

describe('the runner of tests that are debugged', () => {
  const read = (report: string | undefined): TestRunOutcome =>
    debuggedRunner(nodeTest).read({ report, exitCode: 0, ms: 1, output: '', paths: recordedPaths });

  for (const [name, red] of [
    ['green', false],
    ['red', true],
  ] as const) {
    it(`believes a ${name} report, though nobody tells how the process ended`, () => {
      const outcome = read(recordedReport(`node-test/24.21.0/${name}.jsonl`));
      assert.ok(outcome.kind === 'finished', JSON.stringify(outcome));
      assert.equal(countTests(outcome.tests).failed > 0, red);
    });
  }

  it('says of a session that ended before its tests that there are no results', () => {
    const outcome = read(undefined);
    assert.ok(outcome.kind === 'noReport');
    assert.match(outcome.message, /session ended before the tests did/);
  });
});
