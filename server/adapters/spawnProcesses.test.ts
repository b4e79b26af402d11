import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Command, ProcessEnd } from '../engine/ports/processes.ts';
import { SpawnProcesses } from './spawnProcesses.ts';

type Exited = Extract<ProcessEnd, { kind: 'exited' }>;

describe('SpawnProcesses without a sandbox', () => {
  let folder = '';
  const processes = new SpawnProcesses({ environment: environment(), isProtected: () => false });

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'codegen-lab-spawn-'));
    writeFileSync(join(folder, 'plain.txt'), 'text');
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const command = (argv: Command['argv'], more: Partial<Command> = {}): Command => ({
    argv,
    cwd: folder,
    env: {},
    timeoutMs: 20_000,
    maxOutputBytes: 1_000_000,
    confinement: { kind: 'none' },
    ...more,
  });
  const node = (script: string, more: Partial<Command> = {}): Command =>
    command([process.execPath, '-e', script], more);

  it('gives the exit code and what was printed on both streams', async () => {
    const end = exited(
      await processes.start(node('console.log("a"); console.error("b"); process.exitCode = 7')).finished,
    );
    assert.equal(end.code, 7);
    assert.deepEqual(end.output.split('\n').toSorted(), ['', 'a', 'b']);
    assert.equal(end.dropped, 0);
  });

  it('keeps the order of the streams as it comes', async () => {
    const script =
      'const say = (f, t, ms) => setTimeout(() => f.write(t), ms); say(process.stdout, "1", 0); say(process.stderr, "2", 80); say(process.stdout, "3", 160)';
    assert.equal(exited(await processes.start(node(script)).finished).output, '123');
  });

  it('never gives arguments to a shell', async () => {
    const hostile = ['$(touch pwn)', ';touch pwn', '`touch pwn`', 'a b', '-rf', '\n', '"', "'"];
    const end = exited(
      await processes.start(
        command([
          process.execPath,
          '-e',
          'console.log(JSON.stringify(process.argv.slice(1)))',
          '--',
          ...hostile,
        ]),
      ).finished,
    );
    assert.deepEqual(JSON.parse(end.output), hostile);
    assert.ok(!existsSync(join(folder, 'pwn')));
  });

  it('decodes characters that chunks cut apart', async () => {
    const script =
      'const b = Buffer.from("é漢😀"); let i = 0; const next = () => { if (i < b.length) { process.stdout.write(b.subarray(i, ++i)); setTimeout(next, 5); } }; next()';
    assert.equal(exited(await processes.start(node(script)).finished).output, 'é漢😀');
  });

  it('streams output while the process runs', async () => {
    const handle = processes.start(node('console.log("early"); setTimeout(() => {}, 5000)'));
    for await (const text of handle.output) {
      assert.equal(text, 'early\n');
      break;
    }
    await handle.stop();
  });

  it('counts what is beyond the limit and keeps none of it', async () => {
    const script =
      'const b = Buffer.alloc(1024 * 1024, "x"); let n = 0; const next = () => { while (n++ < 64) if (!process.stdout.write(b)) return process.stdout.once("drain", next); }; next()';
    const end = exited(await processes.start(node(script, { maxOutputBytes: 1000 })).finished);
    assert.equal(end.output.length, 1000);
    assert.equal(end.dropped, 64 * 1024 * 1024 - 1000);
  });

  it('does not keep half a character at the limit', async () => {
    const end = exited(
      await processes.start(node('process.stdout.write("aé")', { maxOutputBytes: 2 })).finished,
    );
    assert.equal(end.output, 'a');
    assert.equal(end.dropped, 1);
  });

  it('gives standard input, and survives a program that does not read it', async () => {
    const cat = 'process.stdin.pipe(process.stdout)';
    assert.equal(exited(await processes.start(node(cat, { stdin: 'héllo' })).finished).output, 'héllo');
    assert.equal(exited(await processes.start(node('0', { stdin: 'x'.repeat(1_000_000) })).finished).code, 0);
  });

  it("keeps the user's environment but for what the host set for itself", async () => {
    const end = exited(
      await processes.start(node('console.log(JSON.stringify(process.env))', { env: { ADDED: 'yes' } }))
        .finished,
    );
    const seen = JSON.parse(end.output) as Record<string, string>;
    assert.equal(seen['ADDED'], 'yes');
    assert.equal(seen['A_KEY_OF_THE_USER'], 'kept');
    assert.equal(seen['NODE_OPTIONS'], undefined);
    assert.equal(seen['ELECTRON_RUN_AS_NODE'], undefined);
  });

  const failures: readonly (readonly [string, () => Command, string, RegExp])[] = [
    ['a missing program', () => command(['no-such-program']), 'missing', /no-such-program/u],
    ['a missing folder', () => command(['true'], { cwd: join(folder, 'none') }), 'fault', /does not exist/u],
    ['a file that is no program', () => command([join(folder, 'plain.txt')]), 'fault', /plain\.txt/u],
  ];
  for (const [title, make, why, message] of failures) {
    it(`says that it could not start: ${title}`, async () => {
      const end = await processes.start(make()).finished;
      assert.ok(end.kind === 'couldNotStart', end.kind);
      assert.equal(end.why, why);
      assert.match(end.message, message);
    });
  }

  it('tells which signal ended a process', async () => {
    const end = await processes.start(node('process.kill(process.pid, "SIGKILL")')).finished;
    assert.ok(end.kind === 'killed');
    assert.equal(end.signal, 'SIGKILL');
  });

  it('ends at the timeout with what was printed so far', async () => {
    const end = await processes.start(
      node('console.log("so far"); setInterval(() => {}, 1000)', { timeoutMs: 400 }),
    ).finished;
    assert.ok(end.kind === 'timedOut');
    assert.equal(end.output, 'so far\n');
  });

  for (const how of ['timeout', 'stop'] as const) {
    it(`leaves no process of a stubborn tree after ${how}`, async function () {
      if (process.platform !== 'linux') this.skip();
      this.timeout(10_000);
      const file = join(folder, `pids-${how}`);
      const handle = processes.start(
        command(['sh', '-c', stubborn, 'sh', file], { timeoutMs: how === 'timeout' ? 500 : 20_000 }),
      );
      const pids = await startedPids(file, 4);
      if (how === 'stop') await handle.stop();
      const end = await handle.finished;
      assert.equal(end.kind, how === 'timeout' ? 'timedOut' : 'stopped');
      assert.deepEqual(pids.filter(isRunning), []);
    });
  }

  it('does not wait for a child that holds the output after the program has ended', async () => {
    const end = exited(await processes.start(command(['sh', '-c', 'sleep 30 & echo done'])).finished);
    assert.equal(end.output, 'done\n');
    assert.ok(end.ms < 3_000, String(end.ms));
  });

  it('can be stopped before it has started', async () => {
    const handle = processes.start(node('setInterval(() => {}, 1000)'));
    await handle.stop();
    assert.equal((await handle.finished).kind, 'stopped');
  });

  it('refuses to run unconfined what must be confined and cannot', async () => {
    const found = { kind: 'none', reason: 'No sandbox here.', remedy: 'Install one.' } as const;
    const bare = new SpawnProcesses({ environment: environment(), isProtected: () => false }, found);
    assert.deepEqual(await bare.confinement(new AbortController().signal), {
      kind: 'unavailable',
      reason: 'No sandbox here.',
      remedy: 'Install one.',
    });
    const confinement = {
      kind: 'sandbox',
      tree: folder,
      mountAt: folder,
      treeAccess: 'write',
      dependencies: [],
      writable: [],
    } as const;
    const end = await bare.start(node('require("fs").writeFileSync("ran", "")', { confinement })).finished;
    assert.deepEqual(end, {
      kind: 'couldNotStart',
      why: 'refused',
      message: 'No sandbox here. Install one.',
    });
    assert.ok(!existsSync(join(folder, 'ran')));
  });
});

/** Four processes that ignore SIGTERM: in the group, in a session of its own, and forked twice. */
const stubborn = `trap "" TERM
run='trap "" TERM; echo $$ >> "$1"; while :; do sleep 1; done'
sh -c "$run" sh "$1" &
setsid sh -c "$run" sh "$1" &
(setsid sh -c "$run" sh "$1" & ) &
echo $$ >> "$1"
while :; do sleep 1; done`;

async function startedPids(file: string, count: number): Promise<readonly number[]> {
  for (let round = 0; round < 100; round += 1) {
    const pids = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').map(Number) : [];
    if (pids.length === count) return pids;
    await delay(20);
  }
  throw new Error('The processes did not start.');
}

function isRunning(pid: number): boolean {
  try {
    return !/^State:\s+[ZX]/mu.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

function environment(): NodeJS.ProcessEnv {
  return {
    ...process.env,
    A_KEY_OF_THE_USER: 'kept',
    NODE_OPTIONS: '--no-warnings',
    ELECTRON_RUN_AS_NODE: '1',
  };
}

function exited(end: ProcessEnd): Exited {
  assert.ok(end.kind === 'exited', JSON.stringify(end));
  return end;
}
