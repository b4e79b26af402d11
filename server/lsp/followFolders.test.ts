import assert from 'node:assert/strict';
import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { settingsChanged } from '../protocol/requests.ts';
import { EditorHome, type LspSession } from '../test/lspSession.ts';

const action = 'actions:\n  - type: suggest\n    message: Be brief.\n';
const broken = `---\non: sve\n${action}---\nText.\n`;
const whole = `---\non: save\n${action}---\nText.\n`;
const brokenGlob = '---\nglobs: [\n---\nText.\n';
const rules = 'workspace/.cursor/rules';

describe('the rules of open folders', function () {
  this.timeout(30_000);
  let home: EditorHome;

  beforeEach(async () => {
    home = await EditorHome.create({
      files: {
        [`${rules}/broken.mdc`]: broken,
        [`${rules}/whole.mdc`]: whole,
        [`${rules}/more/RULE.md`]: whole,
        'workspace/drafts/idea.mdc': brokenGlob,
        'second/.cursor/rules/broken.mdc': brokenGlob,
      },
    });
  });
  afterEach(() => home.dispose());

  const started = async (folders = ['workspace']): Promise<LspSession['client']> => {
    const { client } = await home.startInProcess({ folders });
    if (folders.includes('workspace')) await rulesOf(client, 2);
    return client;
  };
  /** The broken one is not counted: it does not act. */
  const rulesOf = (client: LspSession['client'], count: number): Promise<true> =>
    client.until(`${count} rules`, () => client.view?.status.rules === count && true);
  const problems = (client: LspSession['client'], path: string, codes: readonly string[]): Promise<true> =>
    client.until(`problems in ${path}`, () => String(client.codes(home.uri(path))) === String(codes) && true);

  it('are read at the start, and their problems shown though no file is open', async () => {
    const client = await started();
    await problems(client, `${rules}/broken.mdc`, ['rule.unknown-event']);
    await problems(client, 'workspace/drafts/idea.mdc', ['rule.bad-glob']);
    assert.deepEqual(client.codes(home.uri(`${rules}/whole.mdc`)), []);
  });

  it('are checked against the files of their folder, and shown as the settings say', async () => {
    const bare = `${rules}/bare.mdc`;
    home.write(bare, '---\nglobs: *.ts\n---\nOther text.\n');
    home.write('workspace/src/a.ts', '');
    const { client } = await home.startInProcess({ folders: ['workspace'] });
    const message = (): string => JSON.stringify(client.diagnostics.get(home.uri(bare)) ?? []);
    await client.until('the counts', () => message().includes('`**/*.ts` is about one file'));
    const settings = home.settings();
    const problemsOff = { ...settings.rules, problems: { 'rule.bare-glob': 'off' } };
    await client.notify(settingsChanged, { ...settings, rules: problemsOff });
    await problems(client, bare, []);
  });

  for (const [word, severity] of [
    ['error', 1],
    ['warning', 2],
    ['information', 3],
    ['hint', 4],
    ['off', undefined],
    ['loud', 1],
  ] as const) {
    it(`are shown with the severity that the settings name, and inactive all the same: ${word}`, async () => {
      const client = await started();
      await problems(client, `${rules}/broken.mdc`, ['rule.unknown-event']);
      const settings = home.settings();
      await client.notify(settingsChanged, {
        ...settings,
        rules: { ...settings.rules, problems: { 'rule.unknown-event': word, 'rule.bad-glob': 'hint' } },
      });
      const shown = (path: string): readonly unknown[] =>
        (client.diagnostics.get(home.uri(path)) ?? []).map((each) => each.severity);
      await client.until('the other code as a hint', () => shown('workspace/drafts/idea.mdc')[0] === 4);
      assert.deepEqual(shown(`${rules}/broken.mdc`), severity === undefined ? [] : [severity]);
      await rulesOf(client, 2);
    });
  }

  it('are read again when one changes on the disk, and no other is', async () => {
    const client = await started();
    home.write(`${rules}/broken.mdc`, whole);
    home.write(`${rules}/whole.mdc`, broken);
    const changed = home.uri(`${rules}/broken.mdc`);
    await problems(client, `${rules}/broken.mdc`, ['rule.unknown-event']);
    await client.watched({ uri: changed, type: 2 });
    await client.until('the mended file', () => client.codes(changed).length === 0);
    assert.deepEqual(client.codes(home.uri(`${rules}/whole.mdc`)), []);
  });

  it('come and go with their files', async () => {
    const client = await started();
    const created = home.uri(`${rules}/new.mdc`);
    home.write(`${rules}/new.mdc`, whole.replace('Text', 'Other'));
    await client.watched({ uri: created, type: 1 });
    await rulesOf(client, 3);
    const gone = home.uri(`${rules}/broken.mdc`);
    await problems(client, `${rules}/broken.mdc`, ['rule.unknown-event']);
    rmSync(home.path(`${rules}/broken.mdc`));
    await client.watched({ uri: gone, type: 3 });
    await client.until('no problem', () => client.codes(gone).length === 0);
  });

  it('go with a folder of which alone the editor tells, and come back with it', async () => {
    const client = await started();
    await problems(client, `${rules}/broken.mdc`, ['rule.unknown-event']);
    renameSync(home.path('workspace/.cursor'), home.path('workspace/elsewhere'));
    await client.watched({ uri: home.uri('workspace/.cursor'), type: 3 });
    await rulesOf(client, 0);
    await problems(client, `${rules}/broken.mdc`, []);
    renameSync(home.path('workspace/elsewhere'), home.path('workspace/.cursor'));
    await client.watched({ uri: home.uri('workspace/.cursor'), type: 1 });
    await rulesOf(client, 2);
  });

  it('stay apart: a change in one folder says nothing of another', async () => {
    const client = await started(['workspace', 'second']);
    const other = home.uri('second/.cursor/rules/broken.mdc');
    await client.until('the problem of the second folder', () => client.codes(other).length === 1);
    const listed = await client.raw('codegenLab/listRules', {});
    assert.deepEqual([...new Set((listed as { folder: string }[]).map((rule) => rule.folder))].sort(), [
      home.path('second'),
      home.path('workspace'),
    ]);
    rmSync(home.path(`${rules}/broken.mdc`));
    await client.watched({ uri: home.uri(`${rules}/broken.mdc`), type: 3 });
    await client.until('no problem', () => client.codes(home.uri(`${rules}/broken.mdc`)).length === 0);
    assert.equal(client.codes(other).length, 1);
  });

  it('are taken back when the folder is closed, and shown again when it is opened', async () => {
    const client = await started(['workspace', 'second']);
    const first = home.uri(`${rules}/broken.mdc`);
    const second = home.uri('second/.cursor/rules/broken.mdc');
    await client.until('the problem of the second folder', () => client.codes(second).length === 1);
    await client.folders({ removed: [home.uri('second')] });
    await client.until('no problem there', () => client.codes(second).length === 0);
    assert.equal(client.codes(first).length, 1);
    await client.folders({ added: [home.uri('second')] });
    await client.until('the problem again', () => client.codes(second).length === 1);
  });

  it('are found in a folder whose name needs escapes', async () => {
    home.write('my 100% #größe/.cursor/rules/broken.mdc', broken);
    const client = await started(['my 100% #größe']);
    const uri = home.uri('my 100% #größe/.cursor/rules/broken.mdc');
    await client.until('its problem', () => client.codes(uri).length === 1);
  });

  it('belong to the innermost of folders that lie in one another', async () => {
    mkdirSync(home.path('workspace/packages/inner'), { recursive: true });
    home.write('workspace/packages/inner/.cursor/rules/broken.mdc', broken);
    const client = await started(['workspace', 'workspace/packages/inner']);
    const uri = home.uri('workspace/packages/inner/.cursor/rules/broken.mdc');
    await client.until('its problem', () => client.codes(uri).length === 1);
    home.write('workspace/packages/inner/.cursor/rules/broken.mdc', whole);
    await client.watched({ uri, type: 2 });
    await client.until('no problem', () => client.codes(uri).length === 0);
  });

  it('need no folder: a window without one has none', async () => {
    const client = await started([]);
    assert.equal(client.view?.status.state, 'noRules');
  });

  it('say that a folder is no folder of this disk by having no rules', async () => {
    const client = await started();
    const before = client.view?.status.rules;
    await client.folders({ added: ['vscode-vfs://github/a/b', 'file://elsewhere/share'] });
    const listed = (await client.raw('codegenLab/listRules', {})) as readonly unknown[];
    assert.equal(client.view?.status.rules, before);
    assert.ok(listed.length > 0);
  });
});
