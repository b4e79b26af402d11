import assert from 'node:assert/strict';
import type { Hover } from 'vscode-languageserver/node';
import * as protocol from '../protocol/requests.ts';
import type { LspClient } from '../test/lspClient.ts';
import { EditorHome } from '../test/lspSession.ts';
import { stalled } from '../test/sampleEditor.ts';

const rule = 'workspace/.cursor/rules/tests.mdc';
const text = `---
globs: src/**
on: create
filters:
  - type: content
    pattern: export
actions:
  - type: generate_tests
---
Tests
<rule>
name: block
filters:
  - type: event
    pattern: file_save
  - type: file_extension
    pattern: "\\\\.py$"
actions:
  - type: generate_tests
</rule>
<rule>
name: guide
</rule>
`;

describe('what rules would do with the file that was looked at last', () => {
  let home: EditorHome;
  let client: LspClient;

  beforeEach(async () => {
    const files = { 'workspace/src/a.js': 'export const a = 1;\n', 'other/src/b.js': '', [rule]: text };
    home = await EditorHome.create({ files, script: [stalled] });
    ({ client } = await home.startInProcess({ folders: ['workspace', 'other'] }));
    await client.until('the rules', () => client.approvals.length > 0);
    await client.open(home.uri(rule));
  });

  afterEach(() => home.dispose());

  const lenses = async (): Promise<readonly string[]> =>
    (await client.lenses(home.uri(rule)))
      .filter(({ command }) => command?.command === 'codegenLab.explainRules')
      .map(({ range, command }) => `${range.start.line} ${command?.title ?? ''}`);
  const look = (path: string): Promise<void> => client.notify(protocol.sourceShown, { uri: home.uri(path) });
  const change = async (to: string): Promise<void> => {
    home.write(rule, to);
    await client.change(home.uri(rule), to);
    await client.watched({ uri: home.uri(rule), type: 2 });
  };
  const hover = async (line: number, character: number): Promise<string> => {
    const params = { textDocument: { uri: home.uri(rule) }, position: { line, character } };
    const found = (await client.raw('textDocument/hover', params)) as Hover | null;
    return found === null ? '' : JSON.stringify(found.contents);
  };

  it('stands over each rule that acts, and nowhere before a file was looked at', async () => {
    assert.deepEqual(await lenses(), []);
    await look('workspace/src/a.js');
    const [file, block, ...others] = await lenses();
    assert.match(file ?? '', /^0 \$\(circle-slash\) Not on saving a\.js: .*`?create`?/);
    assert.match(block ?? '', /^10 \$\(circle-slash\) Not on saving a\.js: /);
    assert.deepEqual(others, []);
  });

  it('follows the rule', async () => {
    await look('workspace/src/a.js');
    await change(text.replace('on: create', 'on: save'));
    const deadline = Date.now() + 5_000;
    for (;;) {
      const [file = ''] = await lenses();
      if (file.startsWith('0 $(shield) On saving a.js: you have not allowed it yet')) return;
      assert.ok(Date.now() < deadline, file);
    }
  });

  it('is not said of a file of another folder', async () => {
    await look('other/src/b.js');
    assert.deepEqual(await lenses(), []);
  });

  it('is said by the hover over what decides, with a link to all rules', async () => {
    assert.doesNotMatch(await hover(2, 1), /when `src/);
    await look('workspace/src/a.js');
    for (const [line, character] of [
      [1, 2],
      [2, 1],
      [2, 6],
      [4, 14],
    ] as const)
      assert.match(
        await hover(line, character),
        /It does not fire when `src\/a\.js` is saved, because .*command:codegenLab\.explainRules/,
      );
    assert.doesNotMatch(await hover(7, 6), /when `src/);
  });
});
