import assert from 'node:assert/strict';
import type { CodeAction, Diagnostic } from 'vscode-languageserver/node';
import { locateSuggestion } from '../protocol/testRequests.ts';
import type { SuggestionPlace } from '../protocol/testDisplay.ts';
import { EditorHome } from '../test/lspSession.ts';
import { allow, asked } from '../test/sampleEditor.ts';

const rule = '---\nname: look\nglobs: "**/*.js"\non: save\nactions:\n  - type: review\n---\n';
const text = 'function add(a, b) {\n  return a - b;\n}\n';
const answer = [
  'FINDING error: It subtracts.',
  '```js',
  '  return a - b;',
  '```',
  'SUGGESTION:',
  '```js',
  '  return a + b;',
  '```',
  '',
].join('\n');

describe('reviews in an editor', function () {
  this.timeout(30_000);
  let home: EditorHome;
  afterEach(() => home.dispose());

  it('stand in Problems, and their suggestions are quick fixes that follow the text', async () => {
    home = await EditorHome.create({
      files: { 'workspace/.cursor/rules/look.mdc': rule, 'workspace/a.js': text },
      script: [{ kind: 'answer', text: answer }],
    });
    const { client } = await home.startInProcess();
    await client.until('the rule', () => client.view?.status.rules === 1);
    const uri = home.uri('workspace/a.js');
    await client.open(uri, text, 'javascript');
    await client.save(uri);
    await allow(client, await asked(client));
    await client.until('the finding', () => client.diagnostics.get(uri)?.length === 1);
    const shown: readonly Diagnostic[] = client.diagnostics.get(uri) ?? [];
    const range = { start: { line: 1, character: 2 }, end: { line: 1, character: 15 } };
    assert.deepEqual(
      shown.map(({ range: place, severity, code, message }) => [place, severity, code, message]),
      [[range, 1, 'review.finding', 'It subtracts.']],
    );
    const ask = async (): Promise<readonly CodeAction[]> => {
      const params = { textDocument: { uri }, range, context: { diagnostics: shown } };
      return (await client.raw('textDocument/codeAction', params)) as readonly CodeAction[];
    };
    const edits = async (): Promise<unknown> => (await ask()).map(({ edit }) => edit?.changes?.[uri]);
    const editAt = (line: number): unknown => [
      [
        {
          range: { start: { line, character: 0 }, end: { line, character: 15 } },
          newText: '  return a + b;',
        },
      ],
    ];
    assert.deepEqual(await edits(), editAt(1));
    await client.change(uri, `// Adds.\n${text}`);
    assert.deepEqual(await edits(), editAt(2));
    await client.change(uri, text.replace('a - b', 'a + b'));
    assert.deepEqual(await edits(), []);
    assert.equal(home.read('workspace/a.js'), text);
  });

  it('are told for threads, with a place for each suggestion, and are the same after a restart', async () => {
    home = await EditorHome.create({
      files: { 'workspace/.cursor/rules/look.mdc': rule, 'workspace/a.js': text },
      script: [{ kind: 'answer', text: answer }],
    });
    const { client } = await home.startInProcess();
    await client.until('the rule', () => client.view?.status.rules === 1);
    const uri = home.uri('workspace/a.js');
    await client.open(uri, text, 'javascript');
    await client.save(uri);
    await allow(client, await asked(client));
    await client.until('the thread', () => client.reviews.length === 1);
    const [found] = client.reviews;
    assert.deepEqual([found?.path, found?.rule], ['a.js', 'look']);
    const id = found?.id ?? '';
    const place = (): Promise<SuggestionPlace> => client.request(locateSuggestion, { id });
    const range = { start: { line: 1, character: 0 }, end: { line: 1, character: 15 } };
    assert.deepEqual(await place(), { kind: 'found', range, newText: '  return a + b;', version: 1 });
    await client.change(uri, text.replace('a - b', 'a * b'));
    assert.match(JSON.stringify(await place()), /has changed in a\.js since/u);
    const unknown = await client.request(locateSuggestion, { id: 'other' });
    assert.equal(unknown.kind, 'refused');
    await client.shutdown();
    const { client: second } = await home.startInProcess();
    await second.until('the thread again', () => second.reviews.length === 1);
    assert.equal(second.reviews[0]?.id, id);
  });
});
