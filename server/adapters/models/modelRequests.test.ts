import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { collectEvents, finalEvent, sampleRequest } from '../../test/collectEvents.ts';
import { startFakeModelServer, type FakeRequest } from '../../test/fakeModelServer/fakeModelServer.ts';
import { answerWith } from '../../test/fakeModelServer/fakeReply.ts';
import { plantedKey, withFakeModels } from '../../test/withFakeModels.ts';
import { createModels, type ModelsOptions } from './createModels.ts';
import { createEnvironmentSecrets } from './environmentSecrets.ts';
import { presets } from './presets.ts';

async function requestOf(id: string, options?: Partial<ModelsOptions>): Promise<FakeRequest> {
  return withFakeModels(
    id,
    [answerWith('ok')],
    async (provider, server) => {
      assert.equal(finalEvent(await collectEvents(provider)).type, 'done');
      assert.equal(server.requests.length, 1);
      const [request] = server.requests;
      assert.ok(request);
      return request;
    },
    options,
  );
}

async function withEnvironment<Value>(
  variables: Readonly<Record<string, string>>,
  use: () => Promise<Value>,
): Promise<Value> {
  const before = { ...process.env };
  Object.assign(process.env, variables);
  try {
    return await use();
  } finally {
    for (const name of Object.keys(variables)) {
      if (before[name] === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = before[name];
    }
  }
}

describe('what is sent to a model', () => {
  it('is a Messages request for anthropic, with the key as bearer and the version of the SDK', async () => {
    const { path, headers, body } = await requestOf('anthropic');
    assert.equal(path, '/v1/messages');
    assert.equal(headers.authorization, `Bearer ${plantedKey}`);
    assert.equal(headers['x-api-key'], undefined);
    assert.equal(headers['anthropic-version'], '2026-10-21');
    assert.deepEqual(body, {
      model: 'some-model',
      max_tokens: 1000,
      system: sampleRequest.system,
      messages: [{ role: 'user', content: 'Write a test for add(a, b).' }],
      stream: true,
    });
  });

  it('is a Responses request for openai, of which nothing is kept there', async () => {
    const { path, headers, body } = await requestOf('openai');
    assert.equal(path, '/v1/responses');
    assert.equal(headers.authorization, `Bearer ${plantedKey}`);
    assert.deepEqual(body, {
      model: 'some-model',
      instructions: sampleRequest.system,
      input: [{ role: 'user', content: 'Write a test for add(a, b).' }],
      max_output_tokens: 1000,
      store: false,
      stream: true,
    });
  });

  it('is a Chat Completions request for compatible servers', async () => {
    const { path, headers, body } = await requestOf('openrouter');
    assert.equal(path, '/v1/chat/completions');
    assert.equal(headers.authorization, `Bearer ${plantedKey}`);
    assert.deepEqual(body, {
      model: 'some-model',
      max_tokens: 1000,
      messages: [
        { role: 'system', content: sampleRequest.system },
        { role: 'user', content: 'Write a test for add(a, b).' },
      ],
      stream: true,
      stream_options: { include_usage: true },
    });
  });

  for (const preset of presets.filter(({ protocol }) => protocol === 'chat')) {
    it(`keeps to what ${preset.label} takes`, async () => {
      const { body } = await requestOf(preset.id);
      assert.equal(body[preset.limitField], 1000);
      assert.equal('stream_options' in body, preset.takesUsageOption);
    });
  }

  it('holds no credential where none is needed and none is set', async () => {
    const { headers } = await requestOf('ollama', { secrets: { read: () => Promise.resolve(undefined) } });
    assert.equal(headers.authorization, undefined);
  });

  it("holds nothing of other providers' settings in the environment", async () => {
    const variables = {
      ANTHROPIC_API_KEY: 'canary-a',
      ANTHROPIC_AUTH_TOKEN: 'canary-b',
      ANTHROPIC_CUSTOM_HEADERS: 'x-canary: canary-c\nauthorization: canary-d',
      ANTHROPIC_BASE_URL: 'http://127.0.0.1:9/canary',
      ANTHROPIC_LOG: 'debug',
      OPENAI_API_KEY: 'canary-e',
      OPENAI_ADMIN_KEY: 'canary-f',
      OPENAI_ORG_ID: 'canary-g',
      OPENAI_PROJECT_ID: 'canary-h',
      OPENAI_CUSTOM_HEADERS: 'x-canary: canary-i',
      OPENAI_BASE_URL: 'http://127.0.0.1:9/canary',
      OPENAI_LOG: 'debug',
    };
    for (const id of ['anthropic', 'openai', 'groq', 'ollama']) {
      const { headers, text } = await withEnvironment(variables, () => requestOf(id));
      assert.doesNotMatch(JSON.stringify(headers) + text, /canary/);
      assert.equal(headers.authorization, `Bearer ${plantedKey}`);
    }
  });

  it('goes through the fetch that it is given', async () => {
    const urls: string[] = [];
    await requestOf('openai', {
      fetch: (input, init) => {
        urls.push(input instanceof Request ? input.url : String(input));
        return fetch(input, init);
      },
    });
    assert.match(urls.join(), /^http:\/\/127\.0\.0\.1:\d+\/v1\/responses$/);
  });
});

describe('keys', () => {
  it('are read anew for each call, so that a new one counts from the next call', async () => {
    const keys = ['first-key', 'second-key'];
    const secrets = { read: () => Promise.resolve(keys.shift()) };
    const use = (id: string) =>
      withFakeModels(
        id,
        [answerWith('ok')],
        async (provider, server) => {
          await collectEvents(provider);
          await collectEvents(provider);
          return server.requests.map(({ headers }) => headers.authorization);
        },
        { secrets },
      );
    assert.deepEqual(await use('anthropic'), ['Bearer first-key', 'Bearer second-key']);
  });

  for (const [what, read] of [
    ['missing', () => Promise.resolve(undefined)],
    ['blank', () => Promise.resolve('  \n')],
    ['of two lines', () => Promise.resolve('sk-canary\nsk-canary')],
    ['not ASCII', () => Promise.resolve('sk-canary-ü')],
    ['unreadable', () => Promise.reject(new Error('canary command failed'))],
  ] as const) {
    it(`that are ${what} stop the call before it is sent`, async () => {
      for (const id of ['anthropic', 'openai']) {
        await withFakeModels(
          id,
          [answerWith('ok')],
          async (provider, server) => {
            const final = finalEvent(await collectEvents(provider));
            assert.ok(final.type === 'failed');
            assert.equal(final.code, 'model.no-key');
            assert.doesNotMatch(final.message, /canary/);
            assert.equal(server.requests.length, 0);
          },
          { secrets: { read } },
        );
      }
    });
  }

  for (const [what, isReplaced, status, retryable] of [
    ['was replaced in the meantime', true, 401, true],
    ['is still the same', false, 401, false],
  ] as const) {
    it(`that are refused are asked about; one that ${what} ${retryable ? 'is' : 'is not'} tried again`, async () => {
      const asked: unknown[] = [];
      const secrets = {
        read: () => Promise.resolve('the-key'),
        refused: (...given: readonly unknown[]) => {
          asked.push(given.slice(0, 2));
          return Promise.resolve(isReplaced);
        },
      };
      for (const id of ['anthropic', 'openai', 'openrouter']) {
        const final = await withFakeModels(
          id,
          [{ kind: 'status', status }],
          async (provider) => finalEvent(await collectEvents(provider)),
          { secrets },
        );
        assert.ok(final.type === 'failed');
        assert.deepEqual([final.code, final.retryable], ['model.unauthorized', retryable]);
        assert.deepEqual(asked.pop(), [id, 'the-key']);
      }
    });
  }

  it('come from the variable of their provider, the first that is set', async () => {
    const secrets = createEnvironmentSecrets({
      ANTHROPIC_API_KEY: ' a ',
      GEMINI_API_KEY: '',
      GOOGLE_API_KEY: 'g',
    });
    const read = (id: string) => secrets.read(id, new AbortController().signal);
    assert.equal(await read('anthropic'), 'a');
    assert.equal(await read('google'), 'g');
    assert.equal(await read('openai'), undefined);
    assert.equal(await read('nobody'), undefined);
  });
});

describe('a provider that cannot be reached', () => {
  let unused = '';
  before(async () => {
    const server = await startFakeModelServer([]);
    unused = server.openaiUrl;
    await server.close();
  });
  const keys = { read: () => Promise.resolve(plantedKey) };

  for (const [id, hint] of [
    ['ollama', /Ollama \(127\.0\.0\.1:\d+\) is not running\. Start it with `ollama serve`/],
    ['lmstudio', /LM Studio .* `lms server start`/],
    ['vllm', /vLLM .* `vllm serve MODEL`/],
  ] as const) {
    it(`says how to start ${id}, and is not retried`, async () => {
      const provider = createModels({ secrets: keys, baseUrls: { [id]: unused } }).provider(id);
      assert.ok(provider);
      const final = finalEvent(await collectEvents(provider));
      assert.ok(final.type === 'failed');
      assert.equal(final.code, 'model.unreachable');
      assert.equal(final.retryable, false);
      assert.match(final.message, hint);
    });
  }

  it('may be reached later when it is hosted', async () => {
    for (const id of ['anthropic', 'openai']) {
      const provider = createModels({ secrets: keys, baseUrls: { [id]: unused } }).provider(id);
      assert.ok(provider);
      const final = finalEvent(await collectEvents(provider));
      assert.ok(final.type === 'failed');
      assert.equal(final.code, 'model.unreachable');
      assert.equal(final.retryable, true);
    }
  });

  it('is named without the password of its address, and a bad address is a fault', async () => {
    for (const [baseUrl, code] of [
      [unused.replace('http://', 'http://user:canary@'), 'model.'],
      ['canary', 'model.bad-request'],
      ['file:///canary', 'model.bad-request'],
    ] as const) {
      const provider = createModels({ secrets: keys, baseUrls: { openai: baseUrl } }).provider('openai');
      assert.ok(provider);
      const final = finalEvent(await collectEvents(provider));
      assert.ok(final.type === 'failed');
      assert.ok(final.code.startsWith(code), final.code);
      assert.doesNotMatch(final.message, /canary/);
    }
  });

  it('says how to get a local model that is missing', async () => {
    const final = await withFakeModels('ollama', [{ kind: 'status', status: 404 }], async (provider) =>
      finalEvent(await collectEvents(provider, { ...sampleRequest, model: 'qwen2.5-coder:14b' })),
    );
    assert.ok(final.type === 'failed');
    assert.match(
      final.message,
      /Ollama has no model "qwen2\.5-coder:14b"\. Get it with `ollama pull qwen2\.5-coder:14b`/,
    );
  });
});

describe('the presets', () => {
  it('are what the settings offer, with the models of the editor and recordings', () => {
    const manifest = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8');
    const [, list = ''] = /"codegenLab\.ai\.provider": \{[^\]]*"enum": \[([^\]]*)\]/.exec(manifest) ?? [];
    const offered = [...list.matchAll(/"([^"]*)"/g)].map(([, id]) => id);
    assert.deepEqual(new Set(offered), new Set(['', 'editor', 'replay', ...presets.map(({ id }) => id)]));
  });

  it('have an id of their own each, and unknown ids have no provider', () => {
    assert.equal(new Set(presets.map(({ id }) => id)).size, presets.length);
    const models = createModels({ secrets: createEnvironmentSecrets({}) });
    for (const { id } of presets) assert.equal(models.provider(id)?.id, id);
    assert.equal(models.provider('nobody'), undefined);
    assert.equal(models.provider('constructor'), undefined);
  });
});
