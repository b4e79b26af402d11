import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import * as protocol from '../protocol/requests.ts';
import type { FakeScript } from '../test/fakeModelServer/fakeModelServer.ts';
import type { LspClient } from '../test/lspClient.ts';
import type { EditorHome, SessionOptions } from '../test/lspSession.ts';
import {
  allow,
  answer,
  asked,
  finished,
  green,
  lensCommands,
  queryLenses,
  proposed,
  ruleFile,
  saveAndAllow,
  source,
  stalled,
  startSample,
  target,
} from '../test/sampleEditor.ts';

describe('a run in the editor', function () {
  this.timeout(30_000);
  let home: EditorHome;
  afterEach(() => home.dispose());

  async function start(script: FakeScript, options: SessionOptions = {}): Promise<LspClient> {
    const started = await startSample(script, options);
    ({ home } = started);
    return started.client;
  }

  it('goes from a save to a landed and green test, with lenses for every state', async () => {
    const client = await start([green]);
    for (const path of [source, ruleFile]) await client.open(home.uri(path));
    assert.deepEqual(await lensCommands(client, home.uri(source)), ['runRule']);
    assert.deepEqual(await lensCommands(client, home.uri(ruleFile)), [
      'runRule',
      'previewPrompt',
      ...queryLenses,
    ]);

    await client.save(home.uri(source));
    const asking = await asked(client);
    assert.equal(client.view?.status.state, 'waiting');
    assert.deepEqual(await lensCommands(client, home.uri(source)), ['approveRule']);
    assert.equal(home.models.requests.length, 0);
    await allow(client, asking);

    const proposal = await proposed(client);
    assert.deepEqual(await lensCommands(client, home.uri(source)), [
      'showProposal',
      'acceptProposal',
      'rejectProposal',
    ]);
    assert.deepEqual(await lensCommands(client, home.uri(ruleFile)), [
      'runRule',
      'previewPrompt',
      'showRuns',
      'showProposal',
      ...queryLenses,
    ]);
    assert.equal(home.read(target), undefined);
    assert.equal(client.landings.length, 0);
    const read = await client.request(protocol.readProposal, { run: proposal.run });
    assert.match(read?.files[0]?.after ?? '', /formats an hour and a half/u);

    const decided = await client.request(protocol.decideProposal, { run: proposal.run, accept: true });
    assert.equal(decided.ok, true, decided.message);
    assert.equal(client.landings.length, 1);
    assert.deepEqual(
      client.landings[0]?.files.map(({ uri, before }) => [uri, before]),
      [[home.uri(target), undefined]],
    );
    assert.match(home.read(target) ?? '', /formats an hour/u);
    const end = await finished(client, proposal.run);
    assert.deepEqual([end.outcome, end.code], ['landed', 'ok'], end.message);
    await client.open(home.uri(target));
    assert.deepEqual(await lensCommands(client, home.uri(target)), [
      'runTests',
      'showLog',
      'runTests',
      'runTests',
    ]);
    assert.deepEqual(await lensCommands(client, home.uri(source)), ['showRuns', 'runRule']);
  });

  it('gathers what changes in a moment into one state, without the texts of proposals', async () => {
    const client = await start([green]);
    await saveAndAllow(client, home.uri(source));
    const proposal = await proposed(client);
    const states = client.all(protocol.viewStateChanged.method).length;
    const steps = proposal.timeline.length;
    assert.deepEqual(proposal.files, [{ path: 'test/duration.generated.test.js', after: '' }]);
    assert.ok(steps >= 8, `${steps} steps`);
    assert.ok(states < 40, `${states} states for ${steps} steps`);
    await client.request(protocol.decideProposal, { run: proposal.run, accept: false });
    const rejected = await finished(client, proposal.run);
    assert.equal(rejected.outcome, 'rejected');
    assert.equal(client.landings.length, 0);
  });

  it('lands once when a person clicks twice', async () => {
    const client = await start([green]);
    await saveAndAllow(client, home.uri(source));
    const { run } = await proposed(client);
    const decisions = await Promise.all(
      [1, 2].map(() => client.request(protocol.decideProposal, { run, accept: true })),
    );
    assert.deepEqual(
      decisions.map(({ ok }) => ok),
      [true, false],
    );
    assert.equal(client.landings.length, 1);
    assert.equal((await finished(client, run)).outcome, 'landed');
  });

  it('shows what is red after landing at the failing line, and takes it back when it is green', async () => {
    const client = await start([green]);
    await saveAndAllow(client, home.uri(source));
    const { run } = await proposed(client);
    const broken = (home.read(source) ?? '').replace("if (ms === 0) return '0ms';", "return 'broken';");
    await client.save(home.uri(source), { text: broken });
    await client.request(protocol.decideProposal, { run, accept: true });
    const end = await finished(client, run);
    assert.equal(end.code, 'tests.red-in-place', end.message);
    const problems = await client.until('a problem', () => {
      const found = client.diagnostics.get(home.uri(target)) ?? [];
      return found.length > 0 && found;
    });
    assert.deepEqual(
      problems.map(({ code }) => code),
      ['test.failed'],
    );
    assert.equal(problems[0]?.range.start.line, 3);
    home.write(source, broken.replace("return 'broken';", ''));
    const folder = home.path('workspace');
    const started = await client.request(protocol.runTests, {
      folder,
      paths: ['test/duration.generated.test.js'],
      ids: [],
    });
    assert.ok('run' in started);
    assert.equal((await finished(client, started.run)).code, 'ok');
    await client.until('no problem', () => client.codes(home.uri(target)).length === 0);
  });

  it('takes nothing from a buffer whose file is deleted, unless somebody typed into it', async () => {
    const client = await start([green]);
    home.write(target, 'left over\n');
    await client.open(home.uri(target));
    rmSync(home.path(target));
    await saveAndAllow(client, home.uri(source));
    const { run } = await proposed(client);
    const read = await client.request(protocol.readProposal, { run });
    assert.deepEqual(
      read?.files.map(({ before }) => before),
      [undefined],
    );
    await client.change(home.uri(target), 'typed\n');
    await client.save(home.uri(source), { text: `// changed\n${home.read(source) ?? ''}` });
    const next = await client.until('the next proposal', () =>
      client.view?.runs.find((view) => view.run !== run && view.waitingOn === 'decision'),
    );
    const reread = await client.request(protocol.readProposal, { run: next.run });
    assert.deepEqual(
      reread?.files.map(({ before }) => before),
      ['typed\n'],
    );
  });

  it('refuses to land on a file that has changed, and says so', async () => {
    const client = await start([green]);
    await saveAndAllow(client, home.uri(source));
    const { run } = await proposed(client);
    home.write(target, 'mine\n');
    const decided = await client.request(protocol.decideProposal, { run, accept: true });
    assert.equal(decided.ok, false);
    assert.match(decided.message, /test\/duration\.generated\.test\.js changed since/u);
    assert.equal(home.read(target), 'mine\n');
  });

  it('tells where to look when the editor fails to say whether an edit landed', async () => {
    const land = (): never => {
      throw new Error('the window is closing');
    };
    const client = await start([green], { land });
    await saveAndAllow(client, home.uri(source));
    const { run } = await proposed(client);
    const decided = await client.request(protocol.decideProposal, { run, accept: true });
    assert.equal(decided.ok, false);
    assert.match(decided.message, /look at test\/duration\.generated\.test\.js/u);
  });

  it('uses what is typed but not saved, in the prompt and in the copy', async () => {
    const client = await start([
      answer(
        "import { extra } from '../src/extra.js';",
        "test('formats what is typed', () => assert.equal(formatDuration(extra()), '1h30m'));",
      ),
    ]);
    await client.open(home.uri(source));
    await client.open(home.uri('workspace/src/extra.js'), '');
    await client.change(home.uri('workspace/src/extra.js'), 'export const extra = () => 5_400_000;\n');
    await saveAndAllow(client, home.uri(source));
    assert.equal((await proposed(client)).outcome, undefined);
  });

  it('ends without asking the model when the person does not allow the rule', async () => {
    const client = await start([green]);
    await client.save(home.uri(source));
    const asking = await asked(client);
    await allow(client, asking, false);
    assert.equal((await finished(client, asking.run)).code, 'approval.denied');
    assert.equal(home.models.requests.length, 0);
  });

  it('shows the run of the tests in a terminal, whole and in order', async () => {
    const client = await start([]);
    const folder = home.path('workspace');
    const started = await client.request(protocol.runTests, { folder, paths: [], ids: [] });
    assert.ok('run' in started);
    await finished(client, started.run);
    const closed = await client.until(
      'the end',
      () => client.all<{ id: string; summary: string }>(protocol.terminalClosed.method)[0],
    );
    const [opened] = client.all<{ id: string; run: string; command: string }>(protocol.terminalOpened.method);
    assert.deepEqual([opened?.id, opened?.run], [closed.id, started.run]);
    assert.match(opened?.command ?? '', /node .*--test/u);
    const order = client.received
      .map(({ method }) => method)
      .filter((method) => method.includes('/terminal/'));
    assert.equal(order[0], protocol.terminalOpened.method);
    assert.equal(order.at(-1), protocol.terminalClosed.method);
    assert.match(
      client
        .all<{ text: string }>(protocol.terminalOutput.method)
        .map(({ text }) => text)
        .join(''),
      /reads one unit/u,
    );
  });

  it('stops its tests when the terminal is closed', async () => {
    const client = await start([]);
    home.write(
      'workspace/test/slow.test.js',
      "import { test } from 'node:test';\ntest('waits', () => new Promise((done) => setTimeout(done, 60_000)));\n",
    );
    const folder = home.path('workspace');
    const started = await client.request(protocol.runTests, {
      folder,
      paths: ['test/slow.test.js'],
      ids: [],
    });
    assert.ok('run' in started);
    const opened = await client.until(
      'a terminal',
      () => client.all<{ id: string }>(protocol.terminalOpened.method)[0],
    );
    await client.notify(protocol.terminalStopped, { id: opened.id });
    assert.equal((await finished(client, started.run)).outcome, 'cancelled');
  });

  it('stops with all others, at once, and the next save begins anew', async () => {
    const client = await start([stalled, green]);
    await saveAndAllow(client, home.uri(source));
    await client.until('a question to the model', () => home.models.requests.length === 1);
    const stopped = await client.request(protocol.stopRun, { run: 'all' });
    assert.equal(stopped.stopped, 1);
    assert.equal((await client.untilRun('its end', (run) => run.phase === 'finished')).outcome, 'cancelled');
    await client.save(home.uri(source));
    await proposed(client);
  });

  it('begins anew after a stop that came before it had begun', async () => {
    const client = await start([green]);
    await client.save(home.uri(source));
    await client.until('the firing', () =>
      client.log().some((line) => line.includes('Fires: generate-tests')),
    );
    assert.deepEqual(await client.request(protocol.stopRun, { run: 'all' }), { stopped: 1 });
    assert.deepEqual(await client.request(protocol.stopRun, { run: 'all' }), { stopped: 0 });
    await saveAndAllow(client, home.uri(source));
    await proposed(client);
  });

  it('fires once for a hundred saves in a second, and never for a save of the editor itself', async () => {
    const client = await start([green]);
    await client.save(home.uri(source), { origin: 'auto' });
    const text = home.read(source) ?? '';
    for (let save = 0; save < 100; save += 1)
      await client.save(home.uri(source), { text: `${text}// ${save}\n` });
    const asking = await asked(client);
    await allow(client, asking);
    await proposed(client);
    assert.equal(home.models.requests.length, 1);
    assert.equal(client.view?.runs.length, 1);
    assert.deepEqual(await client.request(protocol.stopRun, { run: 'all' }), { stopped: 0 });
  });

  it('does not wait behind others that wait for a person', async () => {
    const client = await start([stalled]);
    for (let file = 0; file < 6; file += 1)
      await client.save(home.uri(`workspace/src/file${file}.js`), { text: `export const f = ${file};\n` });
    await client.until('six questions', () => client.view?.status.waiting === 6);
    assert.deepEqual(await client.request(protocol.stopRun, { run: 'all' }), { stopped: 6 });
  });

  it('keeps its proposal when the folder is closed and opened again', async () => {
    const client = await start([green]);
    await saveAndAllow(client, home.uri(source));
    const { run } = await proposed(client);
    const folder = home.uri('workspace');
    await client.folders({ removed: [folder] });
    await client.until('no run', () => client.view?.runs.length === 0);
    await client.folders({ added: [folder] });
    await proposed(client);
    const decided = await client.request(protocol.decideProposal, { run, accept: true });
    assert.equal(decided.ok, true, decided.message);
  });

  it('ends when its folder is closed', async () => {
    const client = await start([stalled]);
    await saveAndAllow(client, home.uri(source));
    await client.until('a question to the model', () => home.models.requests.length === 1);
    await client.folders({ removed: [home.uri('workspace')] });
    await client.until('the end of the call', () => home.models.abandoned() === 1);
    await client.until('no run', () => client.view?.runs.length === 0);
  });
});
