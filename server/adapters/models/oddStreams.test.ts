import assert from 'node:assert/strict';
import type { ModelRequest } from '../../engine/ports/models.ts';
import { collectEvents, finalEvent, sampleRequest } from '../../test/collectEvents.ts';
import { plantedKey, withFakeModels } from '../../test/withFakeModels.ts';

type Event = Readonly<Record<string, unknown>>;
type Final = ReturnType<typeof finalEvent>;

const tools: ModelRequest['tools'] = [
  { name: 'read', description: 'Reads a file.', input: { type: 'object', properties: {} } },
];

/** Streams that are well-formed and say what no honest endpoint says: by what stands in them, what they mean. */
interface OddStream {
  readonly what: string;
  readonly events: readonly Event[];
  readonly offersTools?: boolean;
  readonly means: (final: Final) => unknown;
  readonly expected: unknown;
}

const outcome = (final: Final): unknown => (final.type === 'done' ? final.stop : final.code);
const text = (final: Final): unknown => (final.type === 'done' ? [final.stop, final.text] : final.code);
const isEstimated = (final: Final): unknown => final.type === 'done' && final.usage.estimated;
const shown = (final: Final): unknown => {
  const all = JSON.stringify(final);
  return [all.includes(plantedKey), all.length < 1000];
};

const start = (more: Event = {}): Event => ({
  type: 'message_start',
  message: { model: 'm', content: [], usage: { input_tokens: 5, output_tokens: 1 }, ...more },
});
const block = (content: Event, index = 0): Event => ({
  type: 'content_block_start',
  index,
  content_block: content,
});
const delta = (part: unknown, index = 0): Event => ({
  type: 'content_block_delta',
  index,
  delta: { type: 'text_delta', text: part },
});
const stop = (reason: string, more: Event = { usage: { output_tokens: 3 } }): Event => ({
  type: 'message_delta',
  delta: { stop_reason: reason },
  ...more,
});
const end: Event = { type: 'message_stop' };
const plain = block({ type: 'text', text: '' });

const messages: readonly OddStream[] = [
  {
    what: 'counts of nothing',
    events: [start({ usage: {} }), plain, delta('x'), stop('end_turn', { usage: {} }), end],
    means: isEstimated,
    expected: true,
  },
  {
    what: 'no counts of the answer',
    events: [start({ usage: undefined }), plain, delta('x'), stop('end_turn', {}), end],
    means: (final) => [text(final), isEstimated(final)],
    expected: [['complete', 'x'], true],
  },
  {
    what: 'text in the beginning of a block',
    events: [start(), block({ type: 'text', text: 'ab' }), delta('c'), stop('end_turn'), end],
    means: text,
    expected: ['complete', 'abc'],
  },
  {
    what: 'a part that is no text',
    events: [start(), plain, delta(5), delta('x'), stop('end_turn'), end],
    means: outcome,
    expected: 'model.bad-answer',
  },
  {
    what: 'a part without a text',
    events: [start(), plain, delta(undefined), delta('x'), stop('end_turn'), end],
    means: outcome,
    expected: 'model.bad-answer',
  },
  {
    what: 'a limit, then a plain end',
    events: [start(), plain, delta('half'), stop('max_tokens'), stop('end_turn'), end],
    means: outcome,
    expected: 'length',
  },
  {
    what: 'two messages',
    events: [start(), plain, delta('half'), start(), plain, delta('whole'), stop('end_turn'), end],
    means: outcome,
    expected: 'model.bad-answer',
  },
  {
    what: 'a call whose input is no JSON',
    events: [
      start(),
      block({ type: 'tool_use', id: 'a', name: 'read', input: {} }),
      { type: 'content_block_delta', index: 0, delta: { type: 'input_json_delta', partial_json: '{"pa' } },
      stop('tool_use'),
      end,
    ],
    offersTools: true,
    means: outcome,
    expected: 'other',
  },
  {
    what: 'the key as a model',
    events: [start({ model: plantedKey.repeat(90) }), plain, delta('x'), stop('end_turn'), end],
    means: shown,
    expected: [false, true],
  },
  {
    what: 'a model that is no name',
    events: [start({ model: { a: 1 } }), plain, delta('x'), stop('end_turn'), end],
    means: text,
    expected: ['complete', 'x'],
  },
  {
    what: 'an error of no words',
    events: [start(), { type: 'error', error: { type: 5, message: { a: 1 }, code: [] } }],
    means: outcome,
    expected: 'model.server-error',
  },
  {
    what: 'an event that is null',
    events: [start(), { type: 'content_block_delta', index: 0, delta: null }],
    means: outcome,
    expected: 'model.cut-off',
  },
  {
    what: 'the key in the answer',
    events: [start(), plain, delta(`it is ${plantedKey}`), stop('end_turn'), end],
    means: text,
    expected: ['complete', 'it is [key]'],
  },
  {
    what: 'the key as a type of error',
    events: [start(), { type: 'error', error: { type: `${plantedKey} ${'x'.repeat(9999)}`, message: 'no' } }],
    means: shown,
    expected: [false, true],
  },
];

const chunk = (change: unknown, reason: string | null = null, more: Event = {}): Event => ({
  model: 'm',
  choices: [{ index: 0, delta: change, finish_reason: reason }],
  ...more,
});
const counts = (usage: Event): Event => ({ model: 'm', choices: [], usage });
const counted = counts({ prompt_tokens: 5, completion_tokens: 2 });

const chats: readonly OddStream[] = [
  {
    what: 'counts of nothing',
    events: [chunk({ content: 'x' }), chunk({}, 'stop'), counts({ prompt_tokens: 0, completion_tokens: 0 })],
    means: isEstimated,
    expected: true,
  },
  {
    what: 'a count of the answer alone',
    events: [
      chunk({ content: 'x' }),
      chunk({}, 'stop'),
      counts({ prompt_tokens: null, completion_tokens: 2 }),
    ],
    means: isEstimated,
    expected: true,
  },
  {
    what: 'a limit, then a plain end',
    events: [chunk({ content: 'half' }), chunk({}, 'length'), chunk({}, 'stop'), counted],
    means: outcome,
    expected: 'length',
  },
  {
    what: 'a filter, then a plain end',
    events: [chunk({ content: 'half' }), chunk({}, 'content_filter'), chunk({}, 'stop'), counted],
    means: outcome,
    expected: 'refusal',
  },
  {
    what: 'lists of parts, as Mistral sends them',
    events: [
      chunk({ content: [{ type: 'thinking', thinking: [{ type: 'text', text: 'hm' }] }] }),
      chunk({ content: [{ type: 'text', text: 'a' }] }),
      chunk({ content: 'b' }),
      chunk({}, 'stop'),
      counted,
    ],
    means: text,
    expected: ['complete', 'ab'],
  },
  {
    what: 'a part that is no text',
    events: [chunk({ content: 5 }), chunk({}, 'stop'), counted],
    means: outcome,
    expected: 'model.bad-answer',
  },
  {
    what: 'another answer between its parts',
    events: [
      { model: 'm', choices: [{ index: 1, delta: { content: 'wrong' }, finish_reason: 'stop' }] },
      chunk({ content: 'right' }),
      chunk({}, 'stop'),
      counted,
    ],
    means: text,
    expected: ['complete', 'right'],
  },
  {
    what: 'the end of another answer only',
    events: [
      chunk({ content: 'half' }),
      { model: 'm', choices: [{ index: 1, delta: {}, finish_reason: 'stop' }] },
      counted,
    ],
    means: outcome,
    expected: 'model.cut-off',
  },
  {
    what: 'a call whose input is no JSON',
    events: [
      chunk({ tool_calls: [{ index: 0, id: 'a', function: { name: 'read', arguments: '{"pa' } }] }),
      chunk({}, 'tool_calls'),
      counted,
    ],
    offersTools: true,
    means: outcome,
    expected: 'other',
  },
  {
    what: 'the key in the answer and in a call',
    events: [
      chunk({ content: plantedKey.slice(0, 9) }),
      chunk({ content: plantedKey.slice(9) }),
      chunk({
        tool_calls: [{ index: 0, id: 'a', function: { name: 'f', arguments: `{"a":"${plantedKey}"}` } }],
      }),
      chunk({}, 'tool_calls'),
      counted,
    ],
    offersTools: true,
    means: (final) => final.type === 'done' && [final.text, final.toolCalls?.[0]?.input],
    expected: ['[key]', '{"a":"[key]"}'],
  },
  {
    what: 'the key as a model',
    events: [chunk({ content: 'x' }, 'stop', { model: plantedKey.repeat(90) })],
    means: shown,
    expected: [false, true],
  },
  ...(
    [
      [402, 'model.spend-limit'],
      [401, 'model.unauthorized'],
      [429, 'model.rate-limited'],
      [502, 'model.server-error'],
    ] as const
  ).map(([code, expected]) => ({
    what: `an error with the code ${code}`,
    events: [chunk({ content: 'x' }), { error: { message: 'no', code } }],
    means: outcome,
    expected,
  })),
];

const oddErrors: readonly OddStream[] = [
  { error: { type: 5, message: { a: 1 }, code: { b: 2 } } },
  { error: { type: {}, message: [], code: null } },
  { error: [5] },
  { error: { type: 'constructor', code: 'toString', message: '__proto__' } },
].map((event) => ({
  what: `an error such as ${JSON.stringify(event)}`,
  events: [chunk({ content: 'x' }), event],
  means: outcome,
  expected: 'model.server-error',
}));

const part = (said: unknown): Event => ({
  type: 'response.output_text.delta',
  output_index: 0,
  content_index: 0,
  delta: said,
});
const completed = (more: Event = {}): Event => ({
  type: 'response.completed',
  response: { model: 'm', status: 'completed', usage: { input_tokens: 4, output_tokens: 2 }, ...more },
});

const responses: readonly OddStream[] = [
  {
    what: 'counts of nothing',
    events: [part('x'), completed({ usage: { input_tokens: 0, output_tokens: 0 } })],
    means: isEstimated,
    expected: true,
  },
  {
    what: 'an end that says that it is incomplete',
    events: [
      part('half'),
      completed({ status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } }),
    ],
    means: outcome,
    expected: 'length',
  },
  {
    what: 'an end that says that it failed',
    events: [part('half'), completed({ status: 'failed' })],
    means: outcome,
    expected: 'other',
  },
  {
    what: 'a part that never came',
    events: [part('ha'), { type: 'response.output_text.done', text: 'half' }, completed()],
    means: outcome,
    expected: 'model.bad-answer',
  },
  {
    what: 'a part that is no text',
    events: [part(5), completed()],
    means: outcome,
    expected: 'model.bad-answer',
  },
  {
    what: 'a call whose input is no JSON',
    events: [
      {
        type: 'response.output_item.done',
        item: { type: 'function_call', call_id: 'a', name: 'read', arguments: '{"pa' },
      },
      completed(),
    ],
    offersTools: true,
    means: outcome,
    expected: 'other',
  },
  {
    what: 'the key in the answer',
    events: [part(`it is ${plantedKey}`), completed()],
    means: text,
    expected: ['complete', 'it is [key]'],
  },
  {
    what: 'the key as a model',
    events: [part('x'), completed({ model: plantedKey.repeat(90) })],
    means: shown,
    expected: [false, true],
  },
];

for (const [id, streams] of [
  ['anthropic', messages],
  ['mistral', [...chats, ...oddErrors]],
  ['openai', responses],
] as const) {
  describe(`a stream of ${id} with`, () => {
    for (const { what, events, offersTools, means, expected } of streams) {
      it(what, async () => {
        const body = events
          .map((event) => `event: ${String(event['type'])}\ndata: ${JSON.stringify(event)}\n\n`)
          .join('');
        const request = { ...sampleRequest, ...(offersTools && { tools }) };
        const final = await withFakeModels(
          id,
          [{ kind: 'raw', body: nameless(id, body) }],
          async (provider) => finalEvent(await collectEvents(provider, request)),
        );
        assert.deepEqual(means(final), expected, JSON.stringify(final).slice(0, 500));
      });
    }
  });
}

/** Events of Chat Completions have no names, and an end of their own. */
function nameless(id: string, body: string): string {
  return id === 'mistral' ? `${body.replaceAll(/^event: .*\n/gm, '')}data: [DONE]\n\n` : body;
}
