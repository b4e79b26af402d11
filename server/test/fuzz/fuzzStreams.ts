import { createModels } from '../../adapters/models/createModels.ts';
import type { ModelProvider } from '../../engine/ports/models.ts';
import { collectEvents, finalEvent, sampleRequest } from '../collectEvents.ts';
import { createSeededRandom } from '../seededRandom.ts';
import type { Fuzzer } from './fuzzer.ts';
import { createDraw, mutateBytes, splitBytes } from './mutateBytes.ts';

type Event = Readonly<Record<string, unknown>>;

const named = (events: readonly Event[]): string =>
  events.map((event) => `event: ${String(event['type'])}\ndata: ${JSON.stringify(event)}\n\n`).join('');
const plain = (events: readonly Event[]): string =>
  `${events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('')}data: [DONE]\n\n`;

const messages = named([
  {
    type: 'message_start',
    message: { model: 'm', content: [], usage: { input_tokens: 5, output_tokens: 1 } },
  },
  { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
  { type: 'ping' },
  { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'größer 🙂\n' } },
  { type: 'content_block_stop', index: 0 },
  {
    type: 'content_block_start',
    index: 1,
    content_block: { type: 'tool_use', id: 't', name: 'read', input: {} },
  },
  { type: 'content_block_delta', index: 1, delta: { type: 'input_json_delta', partial_json: '{"a":1}' } },
  { type: 'content_block_stop', index: 1 },
  { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 7 } },
  { type: 'message_stop' },
]);
const chat = plain([
  { id: 'c', model: 'm', choices: [{ index: 0, delta: { role: 'assistant', content: 'größer 🙂' } }] },
  {
    choices: [
      {
        index: 0,
        delta: { tool_calls: [{ index: 0, id: 't', function: { name: 'read', arguments: '{"a":1}' } }] },
      },
    ],
  },
  { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] },
  { choices: [], usage: { prompt_tokens: 5, completion_tokens: 7 } },
]);
const responses = named([
  { type: 'response.created', response: { id: 'r', model: 'm', status: 'in_progress', output: [] } },
  { type: 'response.output_text.delta', item_id: 'i', output_index: 0, content_index: 0, delta: 'größer 🙂' },
  {
    type: 'response.completed',
    response: {
      id: 'r',
      model: 'm',
      status: 'completed',
      output: [
        {
          type: 'message',
          id: 'i',
          role: 'assistant',
          content: [{ type: 'output_text', text: 'größer 🙂' }],
        },
      ],
      usage: { input_tokens: 5, output_tokens: 7, total_tokens: 12 },
    },
  },
]);

const wires: readonly [Wire, ...Wire[]] = [
  { provider: 'anthropic', body: messages },
  { provider: 'ollama', body: chat },
  { provider: 'openai', body: responses },
];

interface Wire {
  readonly provider: string;
  readonly body: string;
}

const pieces = [
  ...[
    '\n',
    '\r',
    '\r\n',
    '\n\n',
    '\uFEFF',
    ':',
    ': comment\n',
    'data:',
    'data: {}\n\n',
    'data: null\n\n',
    'data: [1]\n\n',
  ],
  ...[
    'event: error\n',
    'event: ping\ndata: {"type":"ping"}\n\n',
    'id: 1\n',
    'retry: 9e9\n',
    'data: [DONE]\n\n',
    '{',
    '}',
    '[',
  ],
  ...[
    '"',
    '\\',
    '\\ud83d',
    '0',
    '-1',
    '1e999',
    'null',
    'true',
    '[[[[',
    '{"a":',
    '"type":"message_start",',
    '"usage":null,',
  ],
  ...[
    '"delta":null,',
    '"choices":[null],',
    '"index":-1,',
    '"index":1e9,',
    '"stop_reason":"refusal",',
    '\u2028',
    '\0',
    '🙂',
  ],
  ...[
    'data: {"type":"error","error":{"type":"overloaded_error","message":"x"}}\n\n',
    '"text":[],',
    '"content":5,',
  ],
] as unknown as readonly [string, ...string[]];

const statuses: readonly [number, ...number[]] = [200, 200, 200, 200, 200, 200, 200, 200, 400, 429, 500, 529];

/** Damaged answers of models, in parts, read by the real clients with their SDKs. */
export function createStreamFuzzer(seed: number): Fuzzer {
  const draw = createDraw(createSeededRandom(seed));
  let response = (): Response => new Response();
  const models = createModels({
    secrets: { read: () => Promise.resolve('sk-fuzz-0123456789abcdef') },
    fetch: () => Promise.resolve(response()),
  });
  return {
    next() {
      const { provider, body } = draw.from(wires);
      const bytes = mutateBytes(Buffer.from(body), pieces, draw);
      const parts = splitBytes(bytes, draw);
      const breaks = draw.below(20) === 0;
      const status = draw.from(statuses);
      return {
        shown: `${provider} ${status}${breaks ? ' breaks' : ''} ${bytes.toString('latin1')}`,
        size: bytes.length,
        play() {
          response = () => answer(parts, { status, breaks });
          return readAnswer(models.provider(provider));
        },
      };
    },
  };
}

function answer(
  parts: readonly Buffer[],
  { status, breaks }: { readonly status: number; readonly breaks: boolean },
): Response {
  let at = 0;
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      const part = parts[at];
      at += 1;
      if (part !== undefined) controller.enqueue(new Uint8Array(part));
      else if (breaks) controller.error(new TypeError('terminated'));
      else controller.close();
    },
  });
  return new Response(stream, { status, headers: { 'content-type': 'text/event-stream' } });
}

async function readAnswer(provider: ModelProvider | undefined): Promise<string | undefined> {
  if (!provider) return 'There is no such provider.';
  const final = finalEvent(await collectEvents(provider, sampleRequest));
  if (final.type === 'failed') return final.message === '' ? 'It failed without a word.' : undefined;
  const { usage, text } = final;
  const counts = [usage.input, usage.output, usage.cacheRead, usage.cacheWrite];
  if (counts.some((count) => !Number.isSafeInteger(count) || count < 0))
    return `The counts are ${counts.join()}.`;
  return typeof text === 'string' ? undefined : 'The text is none.';
}
