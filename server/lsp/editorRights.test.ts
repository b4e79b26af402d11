import assert from 'node:assert/strict';
import * as protocol from '../protocol/requests.ts';
import type { FakeScript } from '../test/fakeModelServer/fakeModelServer.ts';
import type { LspClient } from '../test/lspClient.ts';
import type { EditorHome, SessionOptions } from '../test/lspSession.ts';
import { plantedKey } from '../test/withFakeModels.ts';
import {
  allow,
  asked,
  createSampleHome,
  finished,
  green,
  lensCommands,
  queryLenses,
  proposed,
  ruleFile,
  ruleId,
  rulesRead,
  saveAndAllow,
  source,
  startSample,
} from '../test/sampleEditor.ts';

describe('what a person allows: a rule', function () {
  this.timeout(30_000);
  let home: EditorHome;
  afterEach(() => home.dispose());

  async function start(script: FakeScript, options: SessionOptions = {}): Promise<LspClient> {
    const started = await startSample(script, options);
    ({ home } = started);
    return started.client;
  }

  it('is offered instead of run where no model is chosen, and nothing nags', async () => {
    const ai = { enabled: 'unset', provider: '', model: '', baseUrl: '' } as const;
    const client = await start([green], { settings: { ai } });
    await client.open(home.uri(ruleFile));
    await client.open(home.uri(source));
    assert.equal(client.view?.status.state, 'noModel');
    assert.deepEqual(await lensCommands(client, home.uri(ruleFile)), [
      'setApiKey',
      'useOllama',
      'tryRecordedDemo',
      ...queryLenses,
    ]);
    assert.deepEqual(await lensCommands(client, home.uri(source)), []);
    await client.save(home.uri(source));
    await client.until('the reason in the log', () =>
      client.log().some((line) => line.includes('Does not fire: generate-tests')),
    );
    assert.deepEqual(client.view?.runs, []);
    assert.deepEqual(client.all('window/showMessage'), []);
    const manual = await client.request(protocol.runRule, {
      ruleId,
      uri: home.uri(source),
    });
    assert.match('refused' in manual ? manual.refused : '', /No model is chosen/u);

    await client.notify(protocol.settingsChanged, home.settings());
    await client.until('a model', () => client.view?.status.state === 'idle');
    assert.deepEqual(await lensCommands(client, home.uri(ruleFile)), [
      'runRule',
      'previewPrompt',
      ...queryLenses,
    ]);
    await saveAndAllow(client, home.uri(source));
    await proposed(client);
  });

  it('is not to be had in a workspace that is not trusted, until it is', async () => {
    const client = await start([green], { trusted: false });
    await client.open(home.uri(ruleFile));
    await client.open(home.uri(source));
    assert.equal(client.view?.status.state, 'restricted');
    assert.deepEqual(await lensCommands(client, home.uri(ruleFile)), [
      'workbench.trust.manage',
      ...queryLenses,
    ]);
    assert.deepEqual(await lensCommands(client, home.uri(source)), []);
    await client.save(home.uri(source));
    const folder = home.path('workspace');
    const tests = await client.request(protocol.runTests, { folder, paths: [], ids: [] });
    assert.match('refused' in tests ? tests.refused : '', /not trusted/u);
    const manual = await client.request(protocol.runRule, {
      ruleId,
      uri: home.uri(source),
    });
    assert.ok('run' in manual);
    assert.equal((await finished(client, manual.run)).code, 'trust.missing');
    assert.equal(home.models.requests.length, 0);
    assert.deepEqual(client.all(protocol.terminalOpened.method), []);

    await client.notify(protocol.trustChanged, { trusted: true });
    await saveAndAllow(client, home.uri(source));
    await proposed(client);
  });

  it('stays silent when rules are switched off', async () => {
    const client = await start([green], {
      settings: {
        rules: {
          builtin: [],
          folders: [],
          dialects: [],
          problems: {},
          eventsOff: [],
          enabled: false,
          quietHours: true,
          byFolder: {},
        },
      },
    });
    await client.save(home.uri(source));
    await client.raw('codegenLab/listRules', {});
    assert.equal(client.view?.status.state, 'off');
    assert.deepEqual(client.view?.runs, []);
  });

  it('asks the editor for a key when a model is asked, not before, and shows it nowhere', async () => {
    const secrets = { anthropic: plantedKey };
    const reply = { kind: 'status', status: 401, message: `Bad key ${plantedKey}` } as const;
    home = await createSampleHome([reply]);
    const ai = {
      enabled: true,
      provider: 'anthropic',
      model: 'claude-opus-5-5',
      baseUrl: home.models.anthropicUrl,
    } as const;
    const { client } = await home.startInProcess({ secrets, settings: { ai } });
    await rulesRead(client);
    await client.save(home.uri(source));
    const asking = await asked(client);
    assert.deepEqual(client.askedSecrets, []);
    await allow(client, asking);
    const end = await finished(client, asking.run);
    // To learn the model's context, for the call, and again once it was refused: it may have been replaced.
    assert.deepEqual(client.askedSecrets, ['anthropic', 'anthropic', 'anthropic']);
    assert.ok(JSON.stringify(home.models.requests[0]?.headers).includes(plantedKey));
    assert.equal(end.outcome, 'failed');
    assert.ok(!JSON.stringify(client.received).includes(plantedKey));
  });

  it('previews the prompt without asking the model', async () => {
    const client = await start([green]);
    const { markdown } = await client.request(protocol.previewPrompt, {
      ruleId,
      uri: home.uri(source),
    });
    assert.match(markdown, /formatDuration/u);
    assert.equal(home.models.requests.length, 0);
  });

  it('previews a prompt that says once what several rules inherit', async () => {
    const client = await start([green]);
    await rulesRead(client);
    const before = client.view?.status.rules ?? 0;
    const folder = 'workspace/.cursor/rules';
    home.write(`${folder}/base.mdc`, '---\nabstract: true\nalwaysApply: true\n---\nBase: be brief.\n');
    for (const name of ['one', 'two'])
      home.write(`${folder}/${name}.mdc`, `---\nextends: base\nalwaysApply: true\n---\nOnly ${name}.\n`);
    for (const name of ['base', 'one', 'two'])
      await client.watched({ uri: home.uri(`${folder}/${name}.mdc`), type: 1 });
    await client.until('both rules', () => client.view?.status.rules === before + 2);
    const { markdown } = await client.request(protocol.previewPrompt, { ruleId, uri: home.uri(source) });
    const count = (words: string): number => markdown.split(words).length - 1;
    assert.deepEqual(['Base: be brief.', 'Only one.', 'Only two.'].map(count), [1, 1, 1]);
  });

  it('answers for files and folders that are not open, and for runs that are not known', async () => {
    const client = await start([green]);
    const uri = home.uri('elsewhere/a.js');
    const outside = await client.request(protocol.runRule, { ruleId, uri });
    assert.match('refused' in outside ? outside.refused : '', /outside the open folders/u);
    assert.match((await client.request(protocol.previewPrompt, { ruleId, uri })).markdown, /outside/u);
    const tests = await client.request(protocol.runTests, {
      folder: home.path('elsewhere'),
      paths: [],
      ids: [],
    });
    assert.match('refused' in tests ? tests.refused : '', /not open/u);
    const missing = await client.request(protocol.runRule, { ruleId: 'no-such-rule', uri: home.uri(source) });
    assert.match('refused' in missing ? missing.refused : '', /No rule of this folder/u);
    assert.deepEqual(await client.request(protocol.stopRun, { run: 'nothing' }), { stopped: 0 });
    assert.equal((await client.request(protocol.decideProposal, { run: 'nothing', accept: true })).ok, false);
    assert.deepEqual(await client.request(protocol.allowUnconfined, { run: 'nothing', allow: true }), {
      ok: false,
    });
    assert.equal((await client.request(protocol.readProposal, { run: 'nothing' })) ?? undefined, undefined);
  });
});
