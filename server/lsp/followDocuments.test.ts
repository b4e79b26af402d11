import assert from 'node:assert/strict';
import { fileSaved } from '../protocol/requests.ts';
import type { LspClient } from '../test/lspClient.ts';
import { EditorHome } from '../test/lspSession.ts';

const noConsole = [
  '---',
  "globs: '**/*.{js,mdc}'",
  'actions:',
  '  - type: reject',
  '    conditions:',
  '      - pattern: \\bconsole\\.log\\(',
  '        message: Library code prints nothing.',
  '        learn_more_url: https://example.org/no-console',
  '---',
  '',
].join('\n');
const prints = 'console.log(1);\n';
const silent = 'export const one = 1;\n';

/** Lets checks that are due run: they wait until typing has paused. */
const pause = (ms = 400): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe('open documents', function () {
  this.timeout(30_000);
  let home: EditorHome;
  let client: LspClient;

  beforeEach(async () => {
    home = await EditorHome.create({
      files: {
        'workspace/.cursor/rules/no-console.mdc': noConsole,
        'workspace/src/a.js': prints,
        'outside/a.js': prints,
      },
    });
    ({ client } = await home.startInProcess());
    await client.until('the rule', () => client.view?.status.rules === 1);
  });
  afterEach(() => home.dispose());

  const checked = (uri: string, count: number): Promise<true> =>
    client.until(`${count} problems in ${uri}`, () => client.codes(uri).length === count && true);

  it('are checked by deterministic rules when they open, and freed of problems when they close', async () => {
    const uri = home.uri('workspace/src/a.js');
    await client.open(uri);
    await checked(uri, 1);
    const [problem] = client.diagnostics.get(uri) ?? [];
    assert.equal(problem?.message, 'Library code prints nothing.');
    assert.equal(problem?.source, 'Codegen Lab');
    assert.deepEqual(problem?.codeDescription, { href: 'https://example.org/no-console' });
    assert.deepEqual(problem?.range.start, { line: 0, character: 0 });
    await client.close(uri);
    await checked(uri, 0);
  });

  it('count as they are typed, not as they are saved', async () => {
    const uri = home.uri('workspace/src/a.js');
    await client.open(uri, silent);
    await pause();
    assert.deepEqual(client.codes(uri), []);
    await client.change(uri, prints + prints);
    await checked(uri, 2);
    await client.change(uri, silent);
    await checked(uri, 0);
  });

  it('are checked once when typing pauses', async () => {
    const uri = home.uri('workspace/src/a.js');
    await client.open(uri, silent);
    for (let line = 1; line <= 20; line += 1) await client.change(uri, prints.repeat(line));
    await checked(uri, 20);
    const published = client.all<{ readonly uri: string }>('textDocument/publishDiagnostics');
    assert.equal(published.filter((params) => params.uri === uri).length, 1);
  });

  it('say nothing twice', async () => {
    const uri = home.uri('workspace/src/a.js');
    await client.open(uri);
    await checked(uri, 1);
    const before = client.all('textDocument/publishDiagnostics').length;
    await client.change(uri, `${prints}// more\n`);
    await pause();
    assert.equal(client.all('textDocument/publishDiagnostics').length, before);
  });

  it('are checked when they are rule files too, by rules whose globs name them', async () => {
    const uri = home.uri('workspace/.cursor/rules/no-console.mdc');
    await client.open(uri, noConsole + prints);
    await client.until('the finding', () => client.codes(uri).join() === 'check.reject');
    await client.change(uri, noConsole);
    await checked(uri, 0);
  });

  it('show the problems of a rule as it is typed, and those of the disk again when that is thrown away', async () => {
    const uri = home.uri('workspace/.cursor/rules/no-console.mdc');
    await client.open(uri);
    await client.change(uri, noConsole.replace('reject', 'rejct'));
    await client.until('a problem of the buffer', () => client.codes(uri).length === 1);
    await client.close(uri);
    await checked(uri, 0);
  });

  for (const [what, name] of [
    ['spaces', 'my file.js'],
    ['letters of other scripts', 'größe-文字-🙂.js'],
    ['a percent sign', '100%.js'],
    ['an escape that is none', '%41.js'],
    ['a hash', 'c#.js'],
    ['a question mark', 'what?.js'],
    ['brackets', "[id](group)@slot+x,y;z=1&$'!.js"],
  ] as const) {
    it(`are found when their names hold ${what}, as the editor spells them`, async () => {
      home.write(`workspace/src/${name}`, silent);
      // The editor escapes more than others do.
      const uri = `${home.uri('workspace/src')}/${encodeURIComponent(name).replaceAll(/[!'()*]/gu, escapeOf)}`;
      await client.open(uri, prints);
      const published = home.uri(`workspace/src/${name}`);
      await client.until(`a problem in ${name}`, () =>
        [...client.diagnostics.keys()].some(
          (key) =>
            decodeURIComponent(key) === decodeURIComponent(published) && client.codes(key).length === 1,
        ),
      );
      await client.close(uri);
    });
  }

  for (const uri of [
    'untitled:Untitled-1',
    'git:/workspace/src/a.js?%7B%22ref%22%3A%22HEAD%22%7D',
    'vscode-notebook-cell:/workspace/a.ipynb#W0sZmlsZQ%3D%3D',
    'file://elsewhere/share/a.js',
    'file:///a%2Fb.js',
    'no uri at all',
    '',
  ]) {
    it(`pass over ${uri || 'an empty URI'}`, async () => {
      await client.open(uri, prints);
      assert.deepEqual(await client.lenses(uri), []);
      await client.notify(fileSaved, { uri, origin: 'user' });
      await client.close(uri);
      await pause(250);
      assert.deepEqual(client.all('textDocument/publishDiagnostics'), []);
      assert.deepEqual(
        client.all<{ readonly type: number }>('window/logMessage').filter(({ type }) => type === 1),
        [],
      );
    });
  }

  it('outside of the folders are left alone', async () => {
    const uri = home.uri('outside/a.js');
    await client.open(uri);
    await client.save(uri);
    await pause();
    assert.deepEqual(client.all('textDocument/publishDiagnostics'), []);
  });
});

function escapeOf(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
