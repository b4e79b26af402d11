import assert from 'node:assert/strict';
import type { CodeAction, Diagnostic } from 'vscode-languageserver/node';
import { EditorHome } from '../test/lspSession.ts';
import type { LspClient } from '../test/lspClient.ts';

const rule = `---
name: let
globs: "**/*.js"
actions:
  - type: validate
    message: x
    conditions:
      - pattern: var (\\w+)
        message: Write let.
        fix: let $1
      - pattern: debugger
        message: No debugger.
---
`;

describe('fixes of checks in an editor', function () {
  this.timeout(30_000);
  let home: EditorHome;
  let client: LspClient;
  let uri = '';

  before(async () => {
    home = await EditorHome.create({
      files: { 'workspace/.cursor/rules/let.mdc': rule, 'workspace/a.js': '' },
    });
    ({ client } = await home.startInProcess());
    await client.until('the rule', () => client.view?.status.rules === 1);
    uri = home.uri('workspace/a.js');
    await client.open(uri, 'var a;\nvar b; debugger;\n', 'javascript');
    await client.until('what is found', () => client.diagnostics.get(uri)?.length === 3);
  });
  after(() => home.dispose());

  async function ask(line: number, context: object = {}): Promise<readonly CodeAction[]> {
    const diagnostics: readonly Diagnostic[] = client.diagnostics.get(uri) ?? [];
    const place = { line, character: 2 };
    const params = {
      textDocument: { uri },
      range: { start: place, end: place },
      context: { diagnostics, ...context },
    };
    return (await client.raw('textDocument/codeAction', params)) as readonly CodeAction[];
  }

  it('are offered where something is found that has one', async () => {
    const [fix, ...more] = await ask(1);
    const range = { start: { line: 1, character: 0 }, end: { line: 1, character: 5 } };
    assert.deepEqual(more, []);
    assert.deepEqual(fix?.edit, { changes: { [uri]: [{ range, newText: 'let b' }] } });
    assert.deepEqual([fix?.title, fix?.kind, fix?.isPreferred], ['Fix: Write let.', 'quickfix', true]);
    assert.deepEqual(
      fix?.diagnostics?.map((shown) => shown.range),
      [range],
    );
  });

  it('are not offered elsewhere, for another kind, or where nothing is shown', async () => {
    assert.deepEqual(await ask(2), []);
    assert.deepEqual(await ask(1, { only: ['refactor'] }), []);
    assert.deepEqual(await ask(1, { diagnostics: [] }), []);
    assert.equal((await ask(0, { only: ['quickfix'] })).length, 1);
  });
});
