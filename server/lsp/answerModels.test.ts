import assert from 'node:assert/strict';
import type { OfferedModels, OfferedProvider } from '../protocol/modelRequests.ts';
import type { FakePages } from '../test/fakeModelServer/fakeModelServer.ts';
import { statusOf, type FakeReply } from '../test/fakeModelServer/fakeReply.ts';
import { EditorHome } from '../test/lspSession.ts';
import { tellKeyRefused } from './answerModels.ts';

const key = 'key-of-a-person-7f3a91c2d4';

function json(value: unknown): FakeReply {
  return { kind: 'raw', body: JSON.stringify(value), contentType: 'application/json' };
}

const pages: FakePages = {
  'GET /v1/models': json({ data: [{ id: 'gpt-6.1-sol', context_length: 400_000 }, { id: 'unheard-of' }] }),
  'GET /v1/models?limit=1000': statusOf(401),
};

describe('what the extension asks about models', function () {
  this.timeout(30_000);
  let home: EditorHome;
  before(async () => {
    home = await EditorHome.create({ files: { 'workspace/a.txt': '' }, pages });
  });
  after(() => home.dispose());

  it('is answered with providers, with where their keys come from and never with a key', async () => {
    const { client } = await home.startInProcess({ secrets: { openai: key } });
    const offered = (await client.raw('codegenLab/listProviders', {})) as readonly OfferedProvider[];
    assert.equal(offered[0]?.id, 'editor');
    const openai = offered.find(({ id }) => id === 'openai');
    assert.equal(openai?.keyFrom, "the editor's secret storage");
    assert.deepEqual(
      offered.filter(({ asksBaseUrl }) => asksBaseUrl).map(({ id }) => id),
      ['azure', 'vllm'],
    );
    assert.ok(!JSON.stringify([offered, client.log()]).includes(key));
  });

  it('is answered with models, with their context and price where they are known', async () => {
    const { client } = await home.startInProcess({ secrets: { openai: key } });
    const list = async (provider: string, baseUrl: string): Promise<OfferedModels> =>
      (await client.raw('codegenLab/listModels', { provider, baseUrl })) as OfferedModels;
    const openai = await list('openai', home.models.openaiUrl);
    assert.ok(openai.kind === 'listed', JSON.stringify(openai));
    const [known, unknown] = openai.models;
    assert.equal(known?.contextTokens, 400_000);
    assert.ok((known?.price?.output ?? 0) > (known?.price?.input ?? Infinity));
    assert.deepEqual(unknown, { id: 'unheard-of' });
    assert.equal(home.models.reads.at(-1)?.headers.authorization, `Bearer ${key}`);
    assert.equal((await list('nobody', home.models.openaiUrl)).kind, 'unlisted');
    // This client has no models of its own.
    const editor = await list('editor', '');
    assert.ok(editor.kind === 'failed');
    assert.equal(editor.code, 'model.unreachable');
  });

  it('tells whoever looks at a list that the key is refused, and asks nobody besides', async () => {
    const { client } = await home.startInProcess({ secrets: { anthropic: key } });
    const params = { provider: 'anthropic', baseUrl: home.models.anthropicUrl };
    const offered = (await client.raw('codegenLab/listModels', params)) as OfferedModels;
    assert.ok(offered.kind === 'failed');
    assert.equal(offered.code, 'model.unauthorized');
    assert.ok(!client.received.some(({ method }) => method === 'codegenLab/keyRefused'));
    assert.ok(!JSON.stringify(client.received).includes(key));
  });
});

describe('tellKeyRefused', () => {
  it('names the provider as people know it', async () => {
    const told: unknown[] = [];
    const connection = {
      sendNotification: (...given: readonly unknown[]) => {
        told.push(given);
        return Promise.resolve();
      },
    };
    const tell = tellKeyRefused(connection, () => []);
    tell({ provider: 'openai', hadKey: false });
    await Promise.resolve();
    assert.deepEqual(told, [
      ['codegenLab/keyRefused', { provider: 'openai', label: 'openai', hadKey: false }],
    ]);
  });
});
