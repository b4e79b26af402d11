import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chownSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Command, ProcessEnd } from '../../engine/ports/processes.ts';
import { SpawnProcesses } from '../spawnProcesses.ts';
import { resolveTrustedTool } from '../trustedTool.ts';
import { nobody } from './bubblewrap.ts';

describe('The limits of the bubblewrap sandbox', function () {
  this.timeout(30_000);
  let tree = '';
  const processes = new SpawnProcesses({ environment: process.env, isProtected: () => false });

  before(function () {
    if (process.platform !== 'linux' || resolveTrustedTool('bwrap') === undefined) this.skip();
    tree = mkdtempSync(join(tmpdir(), 'codegen-lab-limits-'));
    if (process.getuid?.() === 0) chownSync(tree, nobody, nobody);
  });
  after(() => {
    if (tree !== '') rmSync(tree, { recursive: true, force: true });
  });

  const command = (argv: Command['argv'], more: Partial<Command> = {}): Command => ({
    argv,
    cwd: tree,
    env: {},
    timeoutMs: 20_000,
    maxOutputBytes: 100_000,
    confinement: {
      kind: 'sandbox',
      tree,
      mountAt: tree,
      treeAccess: 'write',
      dependencies: [],
      writable: [],
    },
    ...more,
  });
  const run = (argv: Command['argv'], more?: Partial<Command>): Promise<ProcessEnd> =>
    processes.start(command(argv, more)).finished;
  const shell = (script: string, more?: Partial<Command>): Promise<ProcessEnd> =>
    run(['sh', '-c', script], more);

  it('holds a fork bomb', async () => {
    const end = await shell('bomb() { bomb | bomb & }; bomb; sleep 1; exit 0', { timeoutMs: 3_000 });
    assert.notEqual(end.kind, 'couldNotStart');
    assert.equal(exited(await shell('echo fine')).output, 'fine\n');
  });

  it('stops what takes too much memory, file space or CPU', async () => {
    const memory = exited(await run(['python3', '-c', 'b = bytearray(6 * 1024 ** 3)']));
    assert.match(memory.output, /MemoryError/u);
    const file = exited(
      await shell('head -c 1200M /dev/zero > big; ls -l big | tr -s " " | cut -d" " -f5; rm big'),
    );
    assert.ok(Number(file.output.trim().split('\n').at(-1)) <= 1024 ** 3, file.output);
    const disk = exited(await shell('head -c 600M /dev/zero > /tmp/fill'));
    assert.notEqual(disk.code, 0);
  });

  it('names the signal of a limit', async () => {
    const end = await shell('ulimit -t 1; while :; do :; done');
    assert.ok(end.kind === 'killed', JSON.stringify(end));
    assert.match(end.signal, /SIGXCPU|SIGKILL/u);
  });

  it('bounds a gigabyte of output', async () => {
    const end = exited(await shell('head -c 1G /dev/zero', { maxOutputBytes: 10_000_000 }));
    assert.equal(end.output.length, 10_000_000);
    assert.equal(end.dropped, 1024 ** 3 - 10_000_000);
  });

  for (const how of ['timeout', 'stop'] as const) {
    it(`leaves nothing of a stubborn tree after ${how}`, async () => {
      const handle = processes.start(
        command(['sh', '-c', stubborn], { timeoutMs: how === 'timeout' ? 1_000 : 20_000 }),
      );
      for await (const text of handle.output) if (text.includes('ready')) break;
      if (how === 'stop') await handle.stop();
      const end = await handle.finished;
      assert.equal(end.kind, how === 'timeout' ? 'timedOut' : 'stopped');
      await noneLeft();
    });
  }

  it('leaves nothing when we are killed ourselves', async () => {
    const script = `import { SpawnProcesses } from ${JSON.stringify(join(import.meta.dirname, '..', 'spawnProcesses.ts'))};
      const processes = new SpawnProcesses({ environment: process.env, isProtected: () => false });
      for await (const text of processes.start(${JSON.stringify(command(['sh', '-c', stubborn]))}).output) process.stdout.write(text);`;
    const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    for await (const text of child.stdout) if (String(text).includes('ready')) break;
    for (let round = 0; round < 100 && sleepers().length < 3; round += 1) await delay(10);
    assert.equal(sleepers().length, 3);
    child.kill('SIGKILL');
    await noneLeft();
  });
});

/** Children that ignore SIGTERM, in sessions of their own and forked twice; told apart by how long they sleep. */
const sleepSeconds = `31${process.pid}`;
const stubborn = `trap "" TERM
setsid sh -c 'trap "" TERM; exec sleep ${sleepSeconds}' > /dev/null 2>&1 &
(setsid sh -c 'trap "" TERM; exec sleep ${sleepSeconds}' > /dev/null 2>&1 & ) &
echo ready; exec sleep ${sleepSeconds}`;

function sleepers(): readonly string[] {
  return readdirSync('/proc').filter(
    (pid) => /^\d+$/u.test(pid) && commandLine(pid).startsWith(`sleep\0${sleepSeconds}`),
  );
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

async function noneLeft(): Promise<void> {
  for (let round = 0; round < 50 && sleepers().length > 0; round += 1) await delay(10);
  assert.deepEqual(sleepers(), []);
}

function exited(end: ProcessEnd): Extract<ProcessEnd, { kind: 'exited' }> {
  assert.ok(end.kind === 'exited', JSON.stringify(end));
  return end;
}
