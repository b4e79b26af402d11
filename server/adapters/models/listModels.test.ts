import assert from 'node:assert/strict';
import type { ListedModel, ModelFault, ModelListing } from '../../engine/ports/models.ts';
import { collectEvents, sampleRequest } from '../../test/collectEvents.ts';
import {
  startFakeModelServer,
  type FakePages,
  type FakeRead,
} from '../../test/fakeModelServer/fakeModelServer.ts';
import { statusOf, type FakeReply } from '../../test/fakeModelServer/fakeReply.ts';
import { plantedKey } from '../../test/withFakeModels.ts';
import { createModels } from './createModels.ts';

const never = new AbortController().signal;

function json(value: unknown): FakeReply {
  return { kind: 'raw', body: JSON.stringify(value), contentType: 'application/json; charset=utf-8' };
}

interface Listed {
  readonly listing: ModelListing | undefined;
  readonly reads: readonly FakeRead[];
}

async function list(id: string, pages: FakePages): Promise<Listed> {
  const server = await startFakeModelServer([], pages);
  try {
    const baseUrls = { [id]: id === 'anthropic' ? server.anthropicUrl : server.openaiUrl };
    const models = createModels({ secrets: { read: () => Promise.resolve(plantedKey) }, baseUrls });
    return { listing: await models.provider(id)?.list?.(never), reads: server.reads };
  } finally {
    await server.close();
  }
}

async function faultOf(id: string, pages: FakePages): Promise<ModelFault> {
  const { listing } = await list(id, pages);
  assert.ok(listing?.type === 'failed', JSON.stringify(listing));
  assert.ok(!JSON.stringify(listing).includes('planted'), listing.message);
  return listing;
}

describe('a list of models', () => {
  const rows: readonly (readonly [id: string, pages: FakePages, models: readonly ListedModel[]])[] = [
    [
      'anthropic',
      {
        'GET /v1/models?limit=1000': json({
          data: [{ type: 'model', id: 'claude-x', display_name: 'Claude X', max_input_tokens: 200_000 }],
        }),
      },
      [{ id: 'claude-x', label: 'Claude X', contextTokens: 200_000 }],
    ],
    [
      'openai',
      { 'GET /v1/models': json({ object: 'list', data: [{ id: 'gpt-x', object: 'model' }, { id: 7 }] }) },
      [{ id: 'gpt-x' }],
    ],
    [
      'google',
      { 'GET /v1/models': json({ data: [{ id: 'models/gemini-x', display_name: 'Gemini X' }] }) },
      [{ id: 'gemini-x', label: 'Gemini X' }],
    ],
    [
      'openrouter',
      {
        'GET /v1/key': json({ data: {} }),
        'GET /v1/models': json({ data: [{ id: 'a/b', name: 'A: B', context_length: 131_072 }] }),
      },
      [{ id: 'a/b', label: 'A: B', contextTokens: 131_072 }],
    ],
    [
      'ollama',
      {
        'GET /api/tags': json({ models: [{ name: 'qwen:7b', model: 'qwen:7b' }, { model: 'llama' }] }),
        'GET /api/ps': json({ models: [{ model: 'qwen:7b', context_length: 4096 }] }),
      },
      [{ id: 'qwen:7b', contextTokens: 4096 }, { id: 'llama' }],
    ],
    [
      'ollama',
      { 'GET /api/tags': json({ models: [{ name: 'qwen:7b' }] }), 'GET /api/ps': statusOf(500) },
      [{ id: 'qwen:7b' }],
    ],
    [
      'lmstudio',
      {
        'GET /api/v0/models': json({
          data: [
            { id: 'one', type: 'llm', max_context_length: 32_768, loaded_context_length: 4096 },
            { id: 'vectors', type: 'embeddings' },
          ],
        }),
      },
      [{ id: 'one', contextTokens: 4096 }],
    ],
    ['lmstudio', { 'GET /v1/models': json({ data: [{ id: 'one' }] }) }, [{ id: 'one' }]],
    [
      'vllm',
      { 'GET /v1/models': json({ data: [{ id: 'm', max_model_len: 8192 }] }) },
      [{ id: 'm', contextTokens: 8192 }],
    ],
    ['mistral', { 'GET /v1/models': json([{ id: 'bare' }]) }, [{ id: 'bare' }]],
    ['groq', { 'GET /v1/models': json({ data: 'nothing' }) }, []],
    ['vllm', { 'GET /v1/models': statusOf(404) }, []],
  ];
  for (const [id, pages, models] of rows) {
    it(`of ${id} is read from ${Object.keys(pages).join(' and ')}`, async () => {
      const { listing, reads } = await list(id, pages);
      assert.deepEqual(listing, { type: 'listed', models });
      for (const { headers } of reads) assert.equal(headers.authorization, `Bearer ${plantedKey}`);
    });
  }

  it('is asked of azure with the header that it knows', async () => {
    const { reads } = await list('azure', { 'GET /v1/models': json({ data: [] }) });
    assert.equal(reads[0]?.headers['api-key'], plantedKey);
    assert.equal(reads[0]?.headers.authorization, undefined);
  });

  it('shows a wrong key also where everybody may see the list', async () => {
    const pages = { 'GET /v1/models': json({ data: [] }), 'GET /v1/key': statusOf(401) };
    assert.equal((await faultOf('openrouter', pages)).code, 'model.unauthorized');
  });

  for (const [what, page, code] of [
    ['401', statusOf(401, { message: `Bad key ${plantedKey}` }), 'model.unauthorized'],
    ['429', statusOf(429), 'model.rate-limited'],
    ['a redirect', statusOf(302, { headers: { location: 'http://127.0.0.1:9/' } }), 'model.bad-request'],
    ['a page', { kind: 'raw', body: '<html>', contentType: 'text/html' }, 'model.bad-answer'],
    ['no JSON', { kind: 'raw', body: '{', contentType: 'application/json' }, 'model.bad-answer'],
  ] as const satisfies readonly (readonly [string, FakeReply, string])[]) {
    it(`tells ${what} for what it is`, async () => {
      assert.equal((await faultOf('openai', { 'GET /v1/models': page })).code, code);
    });
  }

  it('says how to start a server that is not running', async () => {
    const server = await startFakeModelServer([]);
    await server.close();
    const baseUrls = { lmstudio: server.openaiUrl, ollama: server.openaiUrl };
    const models = createModels({ secrets: { read: () => Promise.resolve(undefined) }, baseUrls });
    for (const [id, hint] of [
      ['ollama', /Ollama .* is not running\. Start it with `ollama serve`/],
      ['lmstudio', /LM Studio .* is not running\. Start its server with `lms server start`/],
    ] as const) {
      const listing = await models.provider(id)?.list?.(never);
      assert.ok(listing?.type === 'failed');
      assert.match(listing.message, hint);
    }
  });

  it('of azure without an address says what to set', async () => {
    const models = createModels({ secrets: { read: () => Promise.resolve('k') } });
    const azure = models.provider('azure');
    assert.ok(azure);
    for (const fault of [await azure.list?.(never), ...(await collectEvents(azure))]) {
      assert.ok(fault?.type === 'failed');
      assert.match(fault.message, /no address.*codegenLab\.ai\.baseUrls/s);
    }
  });

  it('is given up when the caller gives up', async () => {
    const slow = { ...json({ data: [] }), delivery: { firstByteMs: 5_000 } } as const;
    const server = await startFakeModelServer([], { 'GET /v1/models': slow });
    const secrets = { read: () => Promise.resolve('k') };
    const models = createModels({ secrets, baseUrls: { openai: server.openaiUrl } });
    const listing = await models.provider('openai')?.list?.(AbortSignal.timeout(30));
    await server.close();
    assert.ok(listing?.type === 'failed');
    assert.equal(listing.code, 'model.cancelled');
  });
});

describe('a count of tokens', () => {
  for (const [id, page] of [
    ['anthropic', 'POST /v1/messages/count_tokens'],
    ['openai', 'POST /v1/responses/input_tokens'],
  ] as const) {
    it(`is asked of ${id}, and is unknown where that fails`, async () => {
      for (const [reply, expected] of [
        [json({ input_tokens: 42 }), 42],
        [json({ input_tokens: 'many' }), undefined],
        [statusOf(529), undefined],
      ] as const) {
        const server = await startFakeModelServer([], { [page]: reply });
        const baseUrls = { anthropic: server.anthropicUrl, openai: server.openaiUrl };
        const models = createModels({ secrets: { read: () => Promise.resolve('k') }, baseUrls });
        assert.equal(await models.provider(id)?.countTokens?.(sampleRequest, never), expected);
        assert.equal(server.reads[0]?.what, page);
        await server.close();
      }
    });
  }
});
