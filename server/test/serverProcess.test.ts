import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, readlinkSync } from 'node:fs';
import * as protocol from '../protocol/requests.ts';
import type { EditorHome, LspSession } from './lspSession.ts';
import {
  createSampleHome,
  finished,
  green,
  proposed,
  rulesRead,
  saveAndAllow,
  source,
  stalled,
  target,
} from './sampleEditor.ts';

/** Resolves with how the process ended and after how many milliseconds; rejects when it lives on. */
function ended(
  child: ChildProcess,
  withinMs: number,
): Promise<{ readonly code: number | null; readonly ms: number }> {
  const began = Date.now();
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`It lives on after ${withinMs} ms.`)), withinMs);
    child.once('exit', (code) => {
      clearTimeout(timer);
      resolve({ code, ms: Date.now() - began });
    });
  });
}

function processOf({ process: child }: LspSession): ChildProcess {
  assert.ok(child);
  return child;
}

async function kill(session: LspSession): Promise<void> {
  const child = processOf(session);
  const gone = ended(child, 5_000);
  child.kill('SIGKILL');
  await gone;
}

describe('the process of the language server', function () {
  this.timeout(40_000);
  let home: EditorHome;
  afterEach(() => home.dispose());

  for (const transport of ['ipc', 'stdio'] as const) {
    it(`shows a run as interrupted that was killed with it, and the next save works, over ${transport}`, async () => {
      home = await createSampleHome([stalled, green]);
      const text = home.read(source);
      const first = await home.startProcess(transport);
      await rulesRead(first.client);
      const { run } = await saveAndAllow(first.client, home.uri(source));
      await first.client.until('a question to the model', () => home.models.requests.length === 1);
      await kill(first);

      const { client } = await home.startProcess(transport);
      const cut = await finished(client, run);
      assert.deepEqual([cut.outcome, cut.code], ['interrupted', 'interrupted']);
      assert.match(cut.message, /No file was changed/u);
      assert.equal(home.read(source), text);
      assert.equal(home.read(target), undefined);
      await rulesRead(client);
      await client.save(home.uri(source));
      const again = await proposed(client);
      const decided = await client.request(protocol.decideProposal, { run: again.run, accept: true });
      assert.equal(decided.ok, true, decided.message);
      assert.match(home.read(target) ?? '', /formats an hour/u);
    });
  }

  it('tells where to look when it was killed while an edit landed', async () => {
    home = await createSampleHome([green]);
    const first = await home.startProcess('ipc', { land: () => new Promise(() => undefined) });
    await rulesRead(first.client);
    await saveAndAllow(first.client, home.uri(source));
    const { run } = await proposed(first.client);
    first.client.request(protocol.decideProposal, { run, accept: true }).catch(() => undefined);
    await first.client.until('the landing', () => first.client.landings.length === 1);
    await kill(first);
    const { client } = await home.startProcess('ipc');
    const cut = await finished(client, run);
    assert.deepEqual([cut.outcome, cut.code], ['interrupted', 'interrupted.while-landing']);
  });

  it('leaves no test running and no copy behind when it is killed', async function () {
    // Only Linux tells of processes by files.
    if (process.platform !== 'linux') this.skip();
    home = await createSampleHome([]);
    home.write(
      'workspace/test/duration.test.js',
      "import { test } from 'node:test';\ntest('waits', () => new Promise((done) => setTimeout(done, 300_000)));\n",
    );
    const first = await home.startProcess('ipc');
    await rulesRead(first.client);
    await saveAndAllow(first.client, home.uri(source));
    await first.client.untilRun('its tests', (run) => run.phase === 'testing');
    // While it is started a sandbox does not yet die with the server: the test file itself has to run.
    await first.client.until('the tests of this home', () => processesOf(home, 'node').length >= 2);
    await kill(first);
    await first.client.until('the end of its tests', () => processesOf(home).length === 0);
    const { client } = await home.startProcess('ipc');
    await client.until('the interrupted run', () => client.view?.runs[0]?.outcome === 'interrupted');
    await client.until('an empty place for copies', () => copiesIn(home).length === 0);
  });

  it('takes over the proposal of a process that was killed, once', async () => {
    home = await createSampleHome([green]);
    const first = await home.startProcess('ipc');
    await rulesRead(first.client);
    await saveAndAllow(first.client, home.uri(source));
    const { run } = await proposed(first.client);
    await kill(first);

    const windows = await Promise.all([home.startProcess('ipc'), home.startProcess('ipc')]);
    for (const { client } of windows) assert.equal((await proposed(client)).run, run);
    const [one, other] = windows;
    const accept = { run, accept: true };
    const decided = await one.client.request(protocol.decideProposal, accept);
    assert.equal(decided.ok, true, decided.message);
    const late = await other.client.request(protocol.decideProposal, accept);
    assert.equal(late.ok, false);
    assert.equal((await finished(other.client, run)).outcome, 'landed');
    assert.deepEqual([one.client.landings.length, other.client.landings.length], [1, 0]);
  });

  it('lives beside another on the same workspace: each fires for its own saves and leaves the other alone', async () => {
    home = await createSampleHome([stalled, green, green]);
    const one = await home.startProcess('ipc');
    await rulesRead(one.client);
    const mine = await saveAndAllow(one.client, home.uri(source));
    await one.client.until('a question to the model', () => home.models.requests.length === 1);

    const other = await home.startProcess('ipc');
    await rulesRead(other.client);
    assert.deepEqual(other.client.view?.runs, []);
    await other.client.save(home.uri(source));
    // What one window was allowed, the other need not ask for again.
    const theirs = await proposed(other.client);
    assert.notEqual(theirs.run, mine.run);
    assert.equal(one.client.view?.runs.find(({ run }) => run === mine.run)?.outcome, undefined);
    const taken = await one.client.request(protocol.decideProposal, { run: theirs.run, accept: true });
    assert.equal(taken.ok, false);
    assert.deepEqual(await one.client.request(protocol.stopRun, { run: theirs.run }), { stopped: 0 });

    const third = await home.startProcess('ipc');
    await rulesRead(third.client);
    assert.deepEqual(third.client.view?.runs, []);
    const decided = await other.client.request(protocol.decideProposal, { run: theirs.run, accept: true });
    assert.equal(decided.ok, true, decided.message);
    assert.deepEqual(await one.client.request(protocol.stopRun, { run: 'all' }), { stopped: 1 });
    assert.equal((await finished(one.client, mine.run)).outcome, 'cancelled');
  });

  it('goes on in a workspace that is read-only, says so, and finds its runs again', async function () {
    // Root may write anywhere else: a mount alone stops it.
    if (!existsSync('/usr/bin/bwrap')) this.skip();
    home = await createSampleHome([green]);
    const workspace = home.path('workspace');
    const mounts = ['--dev-bind', '/', '/', '--ro-bind', workspace, workspace];
    const wrapper = ['/usr/bin/bwrap', ...mounts, '--die-with-parent', '--'];
    const land = () => ({ kind: 'failed', message: 'The file system is read-only.' }) as const;
    const first = await home.startProcess('stdio', { wrapper, land });
    await rulesRead(first.client);
    await saveAndAllow(first.client, home.uri(source));
    const { run } = await proposed(first.client);
    const kept = /Journals of .*workspace are kept in .*storage.*read-only/u;
    await first.client.until('a message', () => first.client.log().some((line) => kept.test(line)));
    assert.equal(existsSync(home.path('workspace/.codegen-lab')), false);
    await kill(first);

    const { client } = await home.startProcess('stdio', { wrapper, land });
    assert.equal((await proposed(client)).run, run);
    const decided = await client.request(protocol.decideProposal, { run, accept: true });
    assert.deepEqual(decided, { ok: false, message: 'The file system is read-only.' });
    const { outcome, code } = await finished(client, run);
    assert.deepEqual([outcome, code], ['failed', 'edit.not-landed']);
  });

  for (const transport of ['ipc', 'stdio'] as const) {
    it(`ends within five seconds of its editor, over ${transport}`, async () => {
      home = await createSampleHome([]);
      const editor = spawn(process.execPath, ['-e', 'setTimeout(() => undefined, 60_000)']);
      const session = await home.startProcess(transport, { processId: editor.pid ?? 0 });
      const gone = ended(processOf(session), 5_000);
      editor.kill('SIGKILL');
      assert.equal((await gone).code, 1);
    });
  }

  it('ends at once when its editor hangs up', async () => {
    home = await createSampleHome([]);
    const stdio = await home.startProcess('stdio');
    const ipc = await home.startProcess('ipc');
    const gone = [ended(processOf(stdio), 2_000), ended(processOf(ipc), 2_000)];
    processOf(stdio).stdin?.end();
    processOf(ipc).disconnect();
    await Promise.all(gone);
  });

  it('ends cleanly when it is told to', async () => {
    home = await createSampleHome([]);
    const session = await home.startProcess('stdio');
    const gone = ended(processOf(session), 5_000);
    await session.client.shutdown();
    await session.client.exit();
    assert.equal((await gone).code, 0);
  });

  it('ends, so that the editor starts another, when its input is no message at all', async () => {
    home = await createSampleHome([]);
    const session = await home.startProcess('stdio');
    const gone = ended(processOf(session), 5_000);
    processOf(session).stdin?.write(`Content-Length: NaN\r\n\r\n{}${'x'.repeat(65_536)}`);
    assert.equal((await gone).code, 1);
    assert.match(session.errors.join(''), /^The editor sent what is no message [^x]*$/u);
  });

  it('answers on after a message that is no JSON', async () => {
    home = await createSampleHome([]);
    const session = await home.startProcess('stdio');
    await rulesRead(session.client);
    processOf(session).stdin?.write('Content-Length: 5\r\n\r\n{oops');
    assert.equal((await session.client.request(protocol.listRules, {})).length, 2);
  });
});

function copiesIn(home: EditorHome): readonly string[] {
  const folder = home.path('storage/scratch');
  return existsSync(folder) ? readdirSync(folder) : [];
}

/** Processes that name this home in their arguments or work in it. */
/** `program`: those of this name alone. */
function processesOf(home: EditorHome, program = ''): readonly string[] {
  const folder = home.path('');
  return readdirSync('/proc').filter((name) => {
    if (!/^\d+$/u.test(name)) return false;
    try {
      const command = readFileSync(`/proc/${name}/cmdline`, 'utf8');
      const [first = ''] = command.split('\0');
      return first.endsWith(program) && (command + readlinkSync(`/proc/${name}/cwd`)).includes(folder);
    } catch {
      // It ended meanwhile, or is another user's.
      return false;
    }
  });
}
