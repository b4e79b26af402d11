import assert from 'node:assert/strict';
import { mkdirSync, renameSync } from 'node:fs';
import { debuggingChanged, listQueue, problemsChanged, problemsWanted } from '../../protocol/requests.ts';
import type { LspClient } from '../../test/lspClient.ts';
import { EditorHome } from '../../test/lspSession.ts';

describe('problems that an editor reports', function () {
  this.timeout(60_000);
  let home: EditorHome;
  let client: LspClient;
  afterEach(() => home.dispose());

  const start = async (
    keys: readonly string[],
    files: Readonly<Record<string, string>> = {},
  ): Promise<void> => {
    const rule = ['---', 'debounce: 1h', ...keys, 'actions: [{type: generate_tests}]', '---', 'T.', ''];
    home = await EditorHome.create({
      files: {
        'workspace/.cursor/rules/tests.mdc': rule.join('\n'),
        'workspace/src/a.js': 'one();\n',
        ...files,
      },
    });
    ({ client } = await home.startInProcess());
    await client.until('the rule', () => client.view?.status.rules === 1);
  };
  const isWanted = (): boolean =>
    client.received.some(
      ({ method, params }) =>
        method === problemsWanted.method && (params as { readonly wanted: boolean }).wanted,
    );
  const uri = (path: string): string => home.uri(`workspace/${path}`);
  const queue = async (): Promise<readonly (readonly string[])[]> =>
    (await client.request(listQueue, {})).map(({ file, event }) => [file, event]);
  const decided = async (): Promise<void> => {
    await new Promise((resolve) => setTimeout(resolve, 300));
  };

  it('are asked for while a rule fires on them', async () => {
    await start(['on: [problems, save]']);
    await client.until('the wish', isWanted);
  });

  it('are not asked for while none does', async () => {
    await start(['on: save']);
    await decided();
    assert.ok(!isWanted());
  });

  it('let rules fire as the person who typed in the file', async () => {
    await start(['on: problems']);
    await client.open(uri('src/a.js'));
    await client.change(uri('src/a.js'), 'typed();\n');
    await client.notify(problemsChanged, { uri: uri('src/a.js') });
    await decided();
    assert.deepEqual(await queue(), [['src/a.js', 'problems']]);
  });

  it('let nothing fire that a person must cause, where nobody was seen at the file', async () => {
    await start(['on: problems']);
    await client.notify(problemsChanged, { uri: uri('src/a.js') });
    await decided();
    assert.deepEqual(await queue(), []);
  });

  it('wait while a debug session is under way, and the queue says so', async () => {
    await start(['on: save']);
    await client.notify(debuggingChanged, { active: true });
    await client.save(uri('src/a.js'), { text: 'saved();\n' });
    await decided();
    assert.deepEqual(
      (await client.request(listQueue, {})).map(({ held }) => held),
      ['a debug session is under way'],
    );
    assert.match(client.view?.status.message ?? '', /because a debug session is under way/);
  });

  it('and 5,000 files that move with their folder start nothing, and it is said', async () => {
    const many = Array.from({ length: 5_000 }, (_, at) => [`workspace/many/${at}.js`, `${at};\n`] as const);
    await start(['on: rename'], Object.fromEntries(many));
    mkdirSync(home.path('workspace/moved'));
    renameSync(home.path('workspace/many'), home.path('workspace/moved/many'));
    const moved = { oldUri: uri('many'), newUri: uri('moved/many') };
    await client.notify({ method: 'workspace/didRenameFiles' }, { files: [moved] });
    await client.until('the message', () => client.log().some((line) => line.includes('5000 files were')));
    assert.deepEqual(await queue(), []);
  });
});
