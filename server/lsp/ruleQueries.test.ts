import assert from 'node:assert/strict';
import { mkdirSync, rmSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { findRuleImports, type ExplainedRule } from '../protocol/requests.ts';
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

  it('are answered for an event: what would fire, and what bars it', async () => {
    const explainOn = async (moment: object) => {
      const params = { uri: home.uri('workspace/src/a.ts'), ...moment };
      const rules = (await client.raw('codegenLab/explainRules', params)) as readonly ExplainedRule[];
      return rules.find(({ name }) => name === 'typed');
    };
    const saved = await explainOn({ on: 'save' });
    assert.deepEqual(
      [saved?.fires.applies, saved?.fires.reason, saved?.guides.applies],
      ['onRequest', 'you have not allowed it yet, so it asks you first', 'yes'],
    );
    const stale = await explainOn({ on: 'save', origin: 'auto' });
    assert.match(stale?.fires.change ?? '', /`origin: \[user, auto\]`/);
    const opened = await explainOn({ on: 'file_open' });
    assert.match(opened?.fires.reason ?? '', /on `save` and not on `open`/);
    const range = { start: { line: 2, character: 4 }, end: { line: 2, character: 8 } };
    assert.deepEqual(opened?.fires.place, { uri: home.uri(rule), range });
    assert.equal((await explainOn({ on: 'nothing' }))?.fires.applies, 'yes');
  });

  it('are answered for other tools: what importing their rules would write', async () => {
    assert.deepEqual(await client.request(findRuleImports, {}), []);
    home.write('workspace/src/CLAUDE.md', 'Be kind.\n');
    home.write('workspace/src/.cursor/rules/claude.mdc', '');
    home.write('workspace/AGENTS.md', 'Be brief.\n');
    const offers = await client.request(findRuleImports, {});
    assert.deepEqual(
      offers.map(({ folder, label, sources, files }) => [
        folder === home.path('workspace'),
        label,
        sources,
        files.map(({ path, exists }) => [path, exists]),
      ]),
      [
        [true, 'AGENTS.md', ['AGENTS.md'], [['.cursor/rules/agents.mdc', false]]],
        [true, 'CLAUDE.md', ['src/CLAUDE.md'], [['src/.cursor/rules/claude.mdc', true]]],
      ],
    );
    assert.match(offers[0]?.files[0]?.text ?? '', /^---\nalwaysApply: true\n---\nBe brief\.\n$/);
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

  it('are answered in words: what a rule does, and why a draft does nothing', async () => {
    const describeRule = async (ruleId: string): Promise<string | undefined> => {
      const answer = await client.raw('codegenLab/describeRule', { folder: home.path('workspace'), ruleId });
      return (answer as { readonly markdown: string } | null)?.markdown;
    };
    assert.match((await describeRule('.cursor/rules/typed.mdc')) ?? '', /Matches 2 files now: `src\/a\.ts`/);
    assert.match(
      (await describeRule('.cursor/drafts/idea.mdc')) ?? '',
      /\*\*Not active\*\*, because it is a draft/,
    );
    assert.equal(await describeRule('nobody.mdc'), undefined);
  });

  it('are answered for what is dropped into a rule: files of its folder by their paths', async () => {
    const write = (targets: readonly string[], line = 5): Promise<unknown> =>
      client.raw('codegenLab/writeReferences', {
        uri: home.uri(rule),
        position: { line, character: 0 },
        targets,
      });
    assert.deepEqual(await write(uris('workspace/src/a.ts', 'elsewhere/x.ts')), { text: '@src/a.ts ' });
    assert.equal((await write(uris('elsewhere/x.ts'))) ?? undefined, undefined);
    assert.equal((await write(uris('workspace/src/a.ts'), 2)) ?? undefined, undefined);
  });
});
