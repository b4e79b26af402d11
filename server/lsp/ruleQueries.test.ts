import assert from 'node:assert/strict';
import { mkdirSync, rmSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { ExplainedRule } from '../protocol/requests.ts';
import type { LspClient } from '../test/lspClient.ts';
import { EditorHome } from '../test/lspSession.ts';

const rule = 'workspace/.cursor/rules/typed.mdc';
const noRule = 'workspace/.cursor/drafts/idea.mdc';

describe('questions about rules', function () {
  this.timeout(30_000);
  let home: EditorHome;
  let client: LspClient;

  beforeEach(async () => {
    home = await EditorHome.create({
      files: {
        [rule]: '---\nglobs: src/*.ts\non: save\nactions: [{type: generate_tests}]\n---\nText.\n',
        [noRule]: '---\nglobs: "**"\n---\nText.\n',
        'workspace/src/a.ts': '',
        'workspace/src/b.ts': '',
        'workspace/src/c.py': '',
      },
    });
    ({ client } = await home.startInProcess({ folders: ['workspace'] }));
    await client.until('the rule', () => client.view?.status.rules === 1 && true);
  });
  afterEach(() => home.dispose());

  const explain = async (path: string): Promise<readonly ExplainedRule[]> =>
    (await client.raw('codegenLab/explainRules', { uri: home.uri(path) })) as readonly ExplainedRule[];
  const matched = async (limit = 10): Promise<unknown> =>
    client.raw('codegenLab/findMatchedFiles', {
      folder: home.path('workspace'),
      ruleId: '.cursor/rules/typed.mdc',
      limit,
    });
  const uris = (...paths: readonly string[]): readonly string[] => paths.map((path) => home.uri(path));

  it('are answered for a file: what applies, and where it says so', async () => {
    const [draft, typed] = await explain('workspace/src/a.ts');
    assert.equal(draft?.guides.applies, 'no');
    assert.match(draft?.guides.change ?? '', /Promote/);
    const range = { start: { line: 1, character: 7 }, end: { line: 1, character: 15 } };
    assert.deepEqual(typed?.guides, {
      applies: 'yes',
      reason: 'its glob `src/*.ts` matches',
      place: { uri: home.uri(rule), range },
    });
    assert.equal(typed?.fires.applies, 'yes');
    const [, other] = await explain('workspace/src/c.py');
    assert.equal(other?.guides.applies, 'no');
    assert.deepEqual(other?.guides.place, { uri: home.uri(rule), range });
    assert.deepEqual(await explain('elsewhere/x.ts'), []);
  });

  it('are answered for a rule: its files, as they come and go', async () => {
    assert.deepEqual(await matched(), {
      uris: uris('workspace/src/a.ts', 'workspace/src/b.ts'),
      more: false,
    });
    assert.deepEqual(await matched(1), { uris: uris('workspace/src/a.ts'), more: true });
    home.write('workspace/src/new.ts', '');
    rmSync(home.path('workspace/src/a.ts'));
    mkdirSync(home.path('workspace/src/empty'));
    await client.watched({ uri: home.uri('workspace/src/new.ts'), type: 1 });
    await client.watched({ uri: home.uri('workspace/src/a.ts'), type: 3 });
    const expected = { uris: uris('workspace/src/b.ts', 'workspace/src/new.ts'), more: false };
    let found = await matched();
    while (!isDeepStrictEqual(found, expected)) {
      await setTimeout(20);
      found = await matched();
    }
  });
});
