import assert from 'node:assert/strict';
import type { InlayHint } from 'vscode-languageserver/node';
import { createLineMap } from '../../engine/documents/lineMap.ts';
import { EditorHome } from '../../test/lspSession.ts';

const folder = 'workspace/.cursor/rules';

describe('an editor that shows hints', () => {
  let home: EditorHome;
  afterEach(() => home.dispose());

  it('is told when other files are there to be counted', async () => {
    const rule = '---\nglobs: src/**\n---\n';
    home = await EditorHome.create({ files: { [`${folder}/x.mdc`]: rule, 'workspace/src/a.ts': '' } });
    const { client } = await home.startInProcess({
      capabilities: { workspace: { inlayHint: { refreshSupport: true } } },
    });
    const uri = home.uri(`${folder}/x.mdc`);
    await client.open(uri);
    const count = async (): Promise<unknown> => {
      const range = createLineMap(rule).toRange({ start: 0, end: rule.length });
      const hints = await client.raw('textDocument/inlayHint', { textDocument: { uri }, range });
      return (hints as InlayHint[]).map(({ label }) => label).at(-1);
    };
    assert.equal(await count(), '1 file');
    const told = (): number => client.all('workspace/inlayHint/refresh').length;
    const before = await client.until('the first refresh', () => told());
    home.write('workspace/src/b.ts', '');
    await client.watched({ uri: home.uri('workspace/src/b.ts'), type: 1 });
    await client.until('another refresh', () => told() > before);
    assert.equal(await count(), '2 files');
  });
});

describe('an editor that takes registrations', () => {
  let home: EditorHome;
  afterEach(() => home.dispose());

  it('is asked about rule files alone, but for models.yaml and the fixes that rules give for any file', async () => {
    home = await EditorHome.create();
    const dynamicRegistration = true;
    const { client, initialized } = await home.startInProcess({
      capabilities: {
        textDocument: { completion: { dynamicRegistration }, formatting: { dynamicRegistration } },
      },
    });
    assert.equal(initialized.capabilities.completionProvider, undefined);
    assert.equal(initialized.capabilities.documentFormattingProvider, undefined);
    type Registered = {
      readonly registrations: readonly {
        readonly method: string;
        readonly registerOptions: { readonly documentSelector?: readonly { readonly pattern?: string }[] };
      }[];
    };
    const registrations = await client.until('registrations', () => {
      const all = client.all<Registered>('client/registerCapability').flatMap((each) => each.registrations);
      return all.some(({ method }) => method === 'textDocument/completion') && all;
    });
    const authoring = registrations.filter(({ method }) => method.startsWith('textDocument/'));
    assert.ok(authoring.length >= 14, authoring.map(({ method }) => method).join(', '));
    const ruleFiles = ['**/*.mdc', '**/*.mdc.md', '**/RULE.md', '**/.cursorrules'];
    const withModels = [
      ...ruleFiles,
      '**/.codegen-lab/models.yaml',
      '**/.codegen-lab/policy.yaml',
      '**/codegen-lab/policy.yaml',
    ];
    const asked: Readonly<Record<string, readonly (string | undefined)[]>> = {
      'textDocument/codeAction': [undefined],
      'textDocument/completion': withModels,
      'textDocument/hover': withModels,
    };
    for (const { method, registerOptions } of authoring)
      assert.deepEqual(
        registerOptions.documentSelector?.map(({ pattern }) => pattern),
        asked[method] ?? ruleFiles,
        method,
      );
  });
});
