import assert from 'node:assert/strict';
import { listRules } from '../protocol/requests.ts';
import { EditorHome } from '../test/lspSession.ts';

describe('notifications that no editor sends', function () {
  this.timeout(30_000);
  let home: EditorHome;
  afterEach(() => home.dispose());

  it('do not end the server, and it answers on', async () => {
    home = await EditorHome.create({});
    // Over a process: there an exception that nobody took ends the server.
    const { client, exits } = await home.startProcess('stdio');
    const known = await client.request(listRules, {});
    for (const [method, params] of odd) await client.notify({ method }, params);
    for (let turn = 0; turn < 3; turn += 1) assert.deepEqual(await client.request(listRules, {}), known);
    assert.deepEqual(exits, []);
  });

  it('serve no second editor over the same connection', async () => {
    home = await EditorHome.create({});
    const { client } = await home.startProcess('stdio');
    const known = await client.request(listRules, {});
    await assert.rejects(
      client.request({ method: 'initialize' }, { capabilities: {} }),
      /serves an editor already/u,
    );
    assert.deepEqual(await client.request(listRules, {}), known);
  });
});

const odd: readonly (readonly [method: string, params: unknown])[] = [
  ['initialized', {}],
  ['workspace/didChangeWorkspaceFolders', {}],
  ['workspace/didChangeWorkspaceFolders', { event: { added: [{}], removed: [null] } }],
  ['workspace/didChangeWatchedFiles', {}],
  ['workspace/didChangeWatchedFiles', { changes: [null, { uri: 1, type: 'x' }] }],
  ['workspace/didCreateFiles', { files: [{}] }],
  ['workspace/didRenameFiles', { files: [null] }],
  ['workspace/didDeleteFiles', {}],
  ['textDocument/didOpen', {}],
  ['textDocument/didChange', { textDocument: { uri: 5 }, contentChanges: [null] }],
  ['codegenLab/fileSaved', {}],
  ['codegenLab/fileSaved', { uri: 7 }],
  ['codegenLab/fileOpened', { uri: null }],
  ['codegenLab/problemsChanged', {}],
  ['codegenLab/sourceShown', {}],
  ['codegenLab/trustChanged', {}],
  ['codegenLab/settingsChanged', {}],
  ['codegenLab/settingsChanged', { ai: null, rules: 5 }],
];
