import assert from 'node:assert/strict';
import type { CompletionList, Hover } from 'vscode-languageserver/node';
import type { LspClient } from '../test/lspClient.ts';
import { EditorHome } from '../test/lspSession.ts';

const path = 'workspace/.codegen-lab/models.yaml';

describe("a team's models file in an editor", function () {
  this.timeout(30_000);
  let home: EditorHome;
  let client: LspClient;

  before(async () => {
    home = await EditorHome.create({ files: { [path]: '', 'workspace/a.ts': 'const a = 1;\n' } });
    ({ client } = await home.startInProcess({
      settings: { ai: { enabled: true, provider: 'ollama', model: 'a', baseUrl: '' } },
    }));
  });
  after(() => home.dispose());

  it('shows what is wrong at its place, as it is typed', async () => {
    const uri = home.uri(path);
    await client.open(uri, 'roles:\n  tester: { strategy: rase }\n', 'yaml');
    await client.until('the problem', () => client.codes(uri).includes('models.unknown-value'));
    const [problem] = client.diagnostics.get(uri) ?? [];
    assert.deepEqual(problem?.range, {
      start: { line: 1, character: 22 },
      end: { line: 1, character: 26 },
    });
    await client.change(uri, 'roles:\n  tester: { strategy: race }\n');
    await client.until('no problem', () => client.codes(uri).length === 0);
  });

  it('does the same for a policy, also for the one of a machine', async () => {
    const uri = home.uri('workspace/.codegen-lab/policy.yaml');
    await client.open(uri, 'roles:\n  rules: { tets: true }\n', 'yaml');
    await client.until('the problem', () => client.codes(uri).includes('policy.broken'));
    await client.change(uri, 'roles:\n  rules: { tests: true }\n');
    await client.until('no problem', () => client.codes(uri).length === 0);
    const machine = home.uri('etc/codegen-lab/policy.yaml');
    await client.open(machine, 'roles:\n  \n', 'yaml');
    for (const [of, line, character, expected] of [
      [uri, 1, 11, 'commands'],
      [machine, 1, 2, 'rules'],
    ] as const) {
      const at = { textDocument: { uri: of }, position: { line, character } };
      const list = (await client.raw('textDocument/completion', at)) as CompletionList;
      assert.equal(list.items[0]?.label, expected);
    }
    const hover = (await client.raw('textDocument/hover', {
      textDocument: { uri: machine },
      position: { line: 0, character: 1 },
    })) as Hover;
    assert.match(JSON.stringify(hover.contents), /Whose rights/);
  });

  it('completes and explains, and says nothing about other files', async () => {
    const uri = home.uri(path);
    const about = (line: number, character: number, of = uri) => ({
      textDocument: { uri: of },
      position: { line, character },
    });
    const list = (await client.raw('textDocument/completion', about(1, 24))) as CompletionList;
    assert.deepEqual(
      list.items.map(({ label }) => label),
      ['fallback', 'race', 'vote', 'best'],
    );
    const hover = (await client.raw('textDocument/hover', about(0, 2))) as Hover;
    assert.match(JSON.stringify(hover.contents), /Who answers for which role/);
    const other = home.uri('workspace/a.ts');
    await client.open(other, 'const a = 1;\n', 'typescript');
    assert.equal(await client.raw('textDocument/completion', about(0, 3, other)), null);
    assert.equal(await client.raw('textDocument/hover', about(0, 3, other)), null);
  });
});
