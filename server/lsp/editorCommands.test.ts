import assert from 'node:assert/strict';
import * as protocol from '../protocol/requests.ts';
import type { RunView } from '../protocol/viewState.ts';
import { nodeCommand } from '../test/actionSlice.ts';
import type { LspClient } from '../test/lspClient.ts';
import { EditorHome } from '../test/lspSession.ts';
import { allow, asked, finished } from '../test/sampleEditor.ts';

const source = 'workspace/src/a.js';
const lint =
  'const text = require("fs").readFileSync("src/a.js", "utf8"); if (text.includes("bad")) { console.log("src/a.js:1:7: error: is bad"); process.exit(1); }';
const rule = [
  ...['---', 'globs: src/**/*.js', 'on: save', 'debounce: 20ms', 'actions:', '  - id: lint', '    type: run'],
  ...[`    ${nodeCommand(lint)}`, '    problem_matcher: $gcc', '---', ''],
].join('\n');

describe('a rule of commands in the editor', function () {
  this.timeout(30_000);
  let home: EditorHome;
  afterEach(() => home.dispose());

  const start = async (): Promise<LspClient> => {
    home = await EditorHome.create({
      files: { 'workspace/.cursor/rules/lint.mdc': rule, [source]: 'const good = 1;\n' },
    });
    const { client } = await home.startInProcess();
    await client.until('the rule', () => client.view?.status.rules === 1);
    await client.open(home.uri(source));
    return client;
  };
  /** Saves a text and waits until the rule has run on it. */
  const save = async (client: LspClient, text: string): Promise<RunView> => {
    const known = new Set(client.view?.runs.map(({ run }) => run));
    await client.save(home.uri(source), { text });
    const run = await client.untilRun('a run', (each) => !known.has(each.run));
    return finished(client, run.run);
  };

  it('asks once, runs on each save, and shows in Problems what the command prints', async () => {
    const client = await start();
    await client.save(home.uri(source), { text: 'const bad = 1;\n' });
    const asking = await asked(client);
    assert.match(asking.message, /wants to run commands/u);
    await allow(client, asking);
    const red = await finished(client, asking.run);
    assert.deepEqual([red.outcome, red.code], ['failed', 'action.failed'], red.message);
    await client.until('the problem', () => client.codes(home.uri(source)).includes('gcc'));
    const [problem] = client.diagnostics.get(home.uri(source)) ?? [];
    assert.deepEqual([problem?.range.start, problem?.message], [{ line: 0, character: 6 }, 'is bad']);

    const green = await save(client, 'const fine = 1;\n');
    assert.deepEqual([green.outcome, green.code], ['unchanged', 'ok'], green.message);
    await client.until('no problem', () => client.codes(home.uri(source)).length === 0);
  });

  it('resumes no run that was not cut short', async () => {
    const client = await start();
    const folder = home.path('workspace');
    const answer = await client.request(protocol.resumeRun, { folder, run: 'nothing' });
    assert.ok('refused' in answer);
  });
});
