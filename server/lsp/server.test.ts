import assert from 'node:assert/strict';
import * as protocol from '../protocol/requests.ts';
import type { EditorHome } from '../test/lspSession.ts';
import {
  createSampleHome,
  finished,
  green,
  proposed,
  ruleFile,
  ruleId,
  rulesRead,
  saveAndAllow,
  source,
  stalled,
} from '../test/sampleEditor.ts';

describe('the language server', function () {
  this.timeout(30_000);
  let home: EditorHome;
  afterEach(() => home.dispose());

  it('says what it can do, and shows the state as soon as it is asked to begin', async () => {
    home = await createSampleHome([]);
    const { client, initialized } = await home.startInProcess();
    const { textDocumentSync, codeLensProvider, workspace } = initialized.capabilities;
    assert.deepEqual(textDocumentSync, { openClose: true, change: 2, save: true });
    assert.deepEqual(codeLensProvider, {});
    assert.deepEqual(workspace?.workspaceFolders, { supported: true, changeNotifications: true });
    await rulesRead(client);
    assert.equal(client.view?.status.state, 'idle');
    assert.equal(client.view?.status.model, 'ollama/scripted');
  });

  it('ends what runs when it is shut down, says no more, and exits cleanly', async () => {
    home = await createSampleHome([stalled]);
    const { client, exits } = await home.startInProcess();
    await rulesRead(client);
    await saveAndAllow(client, home.uri(source));
    await client.until('a question to the model', () => home.models.requests.length === 1);
    await client.shutdown();
    await client.until('the end of the call', () => home.models.abandoned() === 1);
    const said = client.received.length;
    await client.exit();
    await new Promise((resolve) => setTimeout(resolve, 100));
    assert.equal(client.received.length, said);
    assert.deepEqual(exits, [0]);
    assert.match(home.journals('workspace').join(''), /"outcome":"cancelled"/u);
  });

  it('keeps a proposal over a shutdown', async () => {
    home = await createSampleHome([green]);
    const first = await home.startInProcess();
    await rulesRead(first.client);
    await saveAndAllow(first.client, home.uri(source));
    const { run } = await proposed(first.client);
    await first.client.shutdown();
    const { client } = await home.startInProcess();
    assert.equal((await proposed(client)).run, run);
    const decided = await client.request(protocol.decideProposal, { run, accept: true });
    assert.equal(decided.ok, true, decided.message);
    assert.equal((await finished(client, run)).outcome, 'landed');
  });

  it('answers a request that was cancelled, and the next one', async () => {
    home = await createSampleHome([]);
    const { client } = await home.startInProcess();
    await rulesRead(client);
    const preview = { ruleId, uri: home.uri(source) };
    await client
      .cancelled(protocol.previewPrompt, preview)
      .catch((error: { readonly code?: number }) => assert.equal(error.code, -32800));
    assert.match((await client.request(protocol.previewPrompt, preview)).markdown, /formatDuration/u);
  });

  it('goes on after messages that make no sense', async () => {
    home = await createSampleHome([]);
    const { client } = await home.startInProcess();
    await rulesRead(client);
    await assert.rejects(client.raw('codegenLab/noSuchRequest', {}), { code: -32601 });
    await assert.rejects(client.raw('codegenLab/runRule'));
    await assert.rejects(client.raw('codegenLab/runRule', { uri: 7 }));
    await assert.rejects(client.raw('textDocument/codeLens', {}));
    await assert.rejects(client.raw('codegenLab/previewPrompt', { ruleId: { deep: deeplyNested(5_000) } }));
    await client.notify(protocol.fileSaved, {} as { uri: string; origin: 'user' });
    assert.equal((await client.request(protocol.listRules, {})).length, 2);
  });

  it('says what is wrong with options that it cannot start from', async () => {
    home = await createSampleHome([]);
    const options = {} as protocol.ServerOptions;
    await assert.rejects(home.startInProcess({ options }), /storage/u);
  });

  it('tells of rules in two folders apart, and runs the rule of the folder that holds the file', async () => {
    home = await createSampleHome([green]);
    for (const path of [source, 'workspace/package.json', 'workspace/test/duration.test.js'])
      home.write(path.replace('workspace', 'second'), home.read(path) ?? '');
    home.write(
      'second/.cursor/rules/other.mdc',
      (home.read(ruleFile) ?? '').replace('description', '# description'),
    );
    const { client } = await home.startInProcess({ folders: ['workspace', 'second'] });
    await client.until('the rules', () => client.view?.status.rules === 3);
    await client.save(home.uri('second/src/duration.js'));
    const asking = await client.untilRun('a question', (run) => run.waitingOn === 'approval');
    assert.deepEqual([asking.folder, asking.rule], [home.path('second'), 'other']);
    const others = client.view?.runs.filter((run) => run.folder === home.path('workspace'));
    assert.deepEqual(others, []);
  });
});

function deeplyNested(depth: number): object {
  let nested = {};
  for (let level = 0; level < depth; level += 1) nested = { nested };
  return nested;
}
