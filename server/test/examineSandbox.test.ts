import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import type { Command, Processes } from '../engine/ports/processes.ts';
import { findProtected } from '../engine/safety/protectedPaths.ts';
import { SpawnProcesses } from '../adapters/spawnProcesses.ts';
import { createSandboxExam } from '../adapters/sandbox/examineSandbox.ts';
import { sandboxTrials } from '../adapters/sandbox/sandboxTrials.ts';

const never = new AbortController().signal;
const canary = { ...process.env, CODEGEN_LAB_CANARY: 'seen' };
const isProtected = (path: string): boolean => findProtected(path) !== undefined;

describe('createSandboxExam', function () {
  this.timeout(60_000);

  it('finds that the sandbox of this machine holds', async () => {
    const processes = new SpawnProcesses({ environment: canary, isProtected });
    const { how, checks } = await createSandboxExam(processes).examine(never);
    assert.equal(how, 'bubblewrap');
    assert.deepEqual(
      checks.filter(({ holds }) => !holds),
      [],
    );
    assert.deepEqual(
      checks.map(({ id }) => id),
      ['start', ...sandboxTrials.map(({ id }) => id), 'timeout'],
    );
  });

  it('finds each hole of one that holds nothing', async () => {
    const processes = withoutWalls();
    const { checks } = await createSandboxExam(processes).examine(never);
    const open = new Set(checks.filter(({ seen }) => seen === 'It got through.').map(({ id }) => id));
    // What these try, this machine may refuse by itself.
    for (const id of ['network', 'sockets', 'root', 'capabilities', 'kernel', 'mount']) open.delete(id);
    assert.deepEqual([...open].sort(), [
      'environment',
      'link-outside',
      'processes',
      'protected',
      'read-outside',
      'write-outside',
    ]);
    assert.ok(checks.every(({ holds, remedy }) => holds || remedy !== ''));
    const left = checks.find(({ id }) => id === 'timeout')?.seen ?? '';
    assert.match(left, /^These are left: \d+/u);
    for (const pid of left.match(/\d+/gu) ?? []) process.kill(Number(pid), 'SIGKILL');
  });

  it('says what to install where there is none', async () => {
    const found = { kind: 'none', reason: 'bwrap is not installed.', remedy: 'Install it.' } as const;
    const processes = new SpawnProcesses({ environment: canary, isProtected }, found);
    assert.deepEqual(await createSandboxExam(processes).examine(never), {
      how: undefined,
      checks: [
        {
          id: 'start',
          claim: 'The sandbox starts.',
          holds: false,
          seen: 'bwrap is not installed.',
          remedy: 'Install it.',
        },
      ],
    });
  });
});

/** Says that it confines, and does not; a timeout ends the shell alone. */
function withoutWalls(): Processes {
  return {
    confinement: () => Promise.resolve({ kind: 'ready', how: 'nothing', mountsTree: true }),
    start({ argv: [program, ...args], cwd, env, timeoutMs }: Command) {
      const child = spawn(program, args, {
        cwd,
        env: { ...canary, ...env },
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      const finished = endOf(child, timeoutMs);
      return {
        output: (async function* () {})(),
        finished,
        stop: () => Promise.resolve(void child.kill('SIGKILL')),
      };
    },
  };
}

function endOf(child: ChildProcess, timeoutMs: number): ReturnType<Processes['start']>['finished'] {
  return new Promise((resolve) => {
    let output = '';
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      resolve({ kind: 'timedOut', ms: timeoutMs, output, dropped: 0 });
    }, timeoutMs);
    child.stdout?.on('data', (data) => (output += String(data)));
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ kind: 'exited', code: code ?? 1, ms: 0, output, dropped: 0 });
    });
  });
}
