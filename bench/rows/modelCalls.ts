import { join } from 'node:path';
import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { createModels } from '../../server/adapters/models/createModels.ts';
import { createFileCassettes } from '../../server/adapters/models/fileCassettes.ts';
import { sha256 } from '../../server/adapters/sha256.ts';
import { systemClock } from '../../server/adapters/systemClock.ts';
import { createReplayProvider, type ReplayMode } from '../../server/engine/llm/replayProvider.ts';
import type { ModelProvider, ModelRequest } from '../../server/engine/ports/models.ts';
import {
  startFakeModelServer,
  type FakeModelServer,
} from '../../server/test/fakeModelServer/fakeModelServer.ts';
import { answerWith } from '../../server/test/fakeModelServer/fakeReply.ts';
import type { BenchContext, BenchResult, BenchRow } from '../benchRow.ts';
import { measurePairs, repeat } from '../measure/measurePairs.ts';
import { againstLimit, besidePeer } from '../measure/results.ts';

const name = 'model-calls';
const key = 'a-key';
const never = new AbortController().signal;
const request: ModelRequest = {
  model: 'some-model',
  system: 'Answer with code only. '.repeat(100),
  messages: [{ role: 'user', text: 'Write a test for add(a, b). '.repeat(400) }],
  maxOutputTokens: 8_000,
  timeoutMs: 60_000,
};

/** Our clients beside the bare SDKs, on the same server of this machine; and answers from recordings. */
export const modelCalls: BenchRow = {
  names: [name],
  async run(context) {
    const chunks = context.size === 'full' ? 2_000 : 20;
    const answer = answerWith('abcd'.repeat(chunks), { eventChars: 4 });
    const server = await startFakeModelServer([answer]);
    try {
      const results: BenchResult[] = [];
      for (const id of ['anthropic', 'openai'] as const) {
        results.push(...(await measureClient({ id, server, chunks }, context)));
      }
      return [...results, await measureRecorded(context)];
    } finally {
      await server.close();
    }
  },
};

interface Client {
  readonly id: 'anthropic' | 'openai';
  readonly server: FakeModelServer;
  readonly chunks: number;
}

/** Milliseconds of one call: until the request was handed over, and in all. */
interface Timing {
  readonly before: number;
  readonly total: number;
}

type Timed = (fetch: typeof globalThis.fetch) => Promise<unknown>;

/** The request leaves when `fetch` is called. */
async function time(call: Timed): Promise<Timing> {
  const started = performance.now();
  let before = 0;
  await call((input, init) => {
    before = performance.now() - started;
    return globalThis.fetch(input, init);
  });
  return { before, total: performance.now() - started };
}

async function measureClient(client: Client, { size }: BenchContext): Promise<readonly BenchResult[]> {
  const { id, chunks } = client;
  const timings: Timing[] = [];
  const pairs = await measurePairs({
    ours: async () => {
      const timing = await time((fetch) => askOurs(client, fetch));
      timings.push(timing);
      return timing.total;
    },
    beside: async () =>
      (await time((fetch) => (id === 'anthropic' ? askAnthropic : askOpenai)(client, fetch))).total,
    rounds: size === 'full' ? 30 : 2,
  });
  // The warm-up loads the SDK.
  const measured = timings.slice(-pairs.length);
  return [
    againstLimit(
      {
        name: `${name}/${id}-before`,
        what: 'from the call until its request leaves, the SDK included',
        beside: '3 ms',
      },
      measured.map(({ before }) => before),
      3,
    ),
    againstLimit(
      {
        name: `${name}/${id}-chunk`,
        what: `one of ${chunks} chunks of an answer, the SDK and the server included`,
        beside: '50 µs',
      },
      measured.map(({ before, total }) => (total - before) / chunks),
      0.05,
    ),
    besidePeer(
      {
        name: `${name}/${id}-stream`,
        what: `an answer of ${chunks} chunks, streamed (1.11 is 0.9 of the throughput)`,
        beside: 'the bare SDK, with a signal to cancel it as well',
      },
      pairs,
      1 / 0.9,
    ),
  ];
}

async function askOurs({ id, server }: Client, fetch: typeof globalThis.fetch): Promise<void> {
  const baseUrls = { anthropic: server.anthropicUrl, openai: server.openaiUrl };
  const secrets = { read: () => Promise.resolve(key) };
  const provider = createModels({ secrets, baseUrls, fetch }).provider(id);
  if (provider) await drain(provider);
}

async function drain(provider: ModelProvider): Promise<void> {
  for await (const event of provider.ask(request, never)) {
    if (event.type === 'failed') throw new Error(event.message);
  }
}

async function askAnthropic({ server }: Client, fetch: typeof globalThis.fetch): Promise<number> {
  const client = new Anthropic({ apiKey: key, baseURL: server.anthropicUrl, maxRetries: 0, fetch });
  const stream = await client.messages.create(
    {
      model: request.model,
      max_tokens: request.maxOutputTokens,
      system: request.system,
      messages: request.messages.map(({ role, text }) => ({ role, content: text })),
      stream: true,
    },
    { signal: new AbortController().signal },
  );
  let length = 0;
  for await (const chunk of stream)
    if (chunk.type === 'content_block_delta' && chunk.delta.type === 'text_delta')
      length += chunk.delta.text.length;
  return length;
}

async function askOpenai({ server }: Client, fetch: typeof globalThis.fetch): Promise<number> {
  const client = new OpenAI({ apiKey: key, baseURL: server.openaiUrl, maxRetries: 0, fetch });
  const stream = await client.responses.create(
    {
      model: request.model,
      instructions: request.system,
      input: request.messages.map(({ role, text }) => ({ role, content: text })),
      max_output_tokens: request.maxOutputTokens,
      stream: true,
    },
    { signal: new AbortController().signal },
  );
  let length = 0;
  for await (const chunk of stream)
    if (chunk.type === 'response.output_text.delta') length += chunk.delta.length;
  return length;
}

/** Recordings are read from the disk each time, as a demo or a test of a rule does. */
async function measureRecorded({ scratch, size }: BenchContext): Promise<BenchResult> {
  const answers = size === 'full' ? 1_000 : 5;
  const store = createFileCassettes(join(scratch, 'recordings'));
  const text = 'export const value = 1;\n'.repeat(100);
  const live: ModelProvider = {
    id: 'live',
    async *ask() {
      await Promise.resolve();
      const usage = { input: 1, output: 1, cacheRead: 0, cacheWrite: 0, estimated: false };
      yield { type: 'done', stop: 'complete', text, usage, model: 'm' };
    },
  };
  const providerFor = (mode: ReplayMode): ModelProvider =>
    createReplayProvider({
      store,
      mode,
      record: live,
      digest: sha256,
      clock: systemClock,
      redact: (given) => given,
      onWriteFailed: (reason) => {
        throw new Error(reason);
      },
    });
  await drain(providerFor('record'));
  const replay = providerFor('replay');
  const figures = await repeat(
    async () => {
      const started = performance.now();
      for (let nth = 0; nth < answers; nth += 1) await drain(replay);
      return ((performance.now() - started) * 1_000) / answers;
    },
    size === 'full' ? 5 : 1,
  );
  const texts = {
    name: `${name}/recorded`,
    what: '1,000 recorded answers, one after the other',
    beside: '1 s',
  };
  return againstLimit(texts, figures, 1_000);
}
