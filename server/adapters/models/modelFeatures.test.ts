import assert from 'node:assert/strict';
import type { ModelRequest } from '../../engine/ports/models.ts';
import { collectEvents, finalEvent, sampleRequest } from '../../test/collectEvents.ts';
import { answerWith, type FakeAnswer } from '../../test/fakeModelServer/fakeReply.ts';
import type { WireFormat } from '../../test/fakeModelServer/wireText.ts';
import { withFakeModels } from '../../test/withFakeModels.ts';
import { presets } from './presets.ts';

const schema = {
  type: 'object',
  properties: { good: { type: 'boolean' } },
  required: ['good'],
  additionalProperties: false,
} as const;
const answer = { name: 'verdict', schema } as const;
const open = { name: 'verdict', schema: { type: 'object' } } as const;
const tools = [{ name: 'read_file', description: 'Reads a file.', input: schema }] as const;
const call = { id: 'call_7', name: 'read_file', input: '{"good":true}' } as const;

const clients: readonly (readonly [id: string, wire: WireFormat])[] = [
  ['anthropic', 'anthropic'],
  ['openai', 'responses'],
  ['openrouter', 'chat'],
];

function ask(id: string, more: Partial<ModelRequest>, reply: FakeAnswer = answerWith('{"good":true}')) {
  return withFakeModels(id, [reply], async (provider, { requests }) => {
    const events = await collectEvents(provider, { ...sampleRequest, ...more });
    const [request] = requests;
    assert.ok(request);
    return { events, final: finalEvent(events), body: request.body };
  });
}

describe('tools', () => {
  for (const [id, wire] of clients) {
    it(`are offered to ${id} in its own words, and its calls come whole before the end`, async () => {
      const reply = answerWith('Let me look.', {
        stop: 'tool',
        toolCalls: [call, { ...call, id: 'call_8' }],
      });
      const { events, final, body } = await ask(id, { tools }, reply);
      const { name, description } = tools[0];
      assert.deepEqual(
        body['tools'],
        {
          anthropic: [{ name, description, input_schema: schema }],
          responses: [{ type: 'function', name, description, parameters: schema, strict: true }],
          chat: [{ type: 'function', function: { name, description, parameters: schema } }],
        }[wire],
      );
      assert.ok(final.type === 'done', JSON.stringify(final));
      assert.equal(final.stop, 'tools');
      assert.deepEqual(final.toolCalls, [call, { ...call, id: 'call_8' }]);
      assert.deepEqual(
        events.flatMap((event) => (event.type === 'toolCall' ? [event.call] : [])),
        final.toolCalls,
      );
    });

    it(`get their results back to ${id}`, async () => {
      const messages = [
        { role: 'user', text: 'Is it good?' },
        { role: 'assistant', text: '', toolCalls: [call] },
        { role: 'user', text: '', toolResults: [{ call: call.id, text: 'yes', failed: false }] },
      ] as const;
      const { body } = await ask(id, { tools, messages, system: '' });
      assert.deepEqual(
        body['messages'] ?? body['input'],
        {
          anthropic: [
            { role: 'user', content: 'Is it good?' },
            {
              role: 'assistant',
              content: [{ type: 'tool_use', id: call.id, name: call.name, input: { good: true } }],
            },
            {
              role: 'user',
              content: [{ type: 'tool_result', tool_use_id: call.id, content: 'yes', is_error: false }],
            },
          ],
          responses: [
            { role: 'user', content: 'Is it good?' },
            { type: 'function_call', call_id: call.id, name: call.name, arguments: call.input },
            { type: 'function_call_output', call_id: call.id, output: 'yes' },
          ],
          chat: [
            { role: 'user', content: 'Is it good?' },
            {
              role: 'assistant',
              content: null,
              tool_calls: [
                { type: 'function', id: call.id, function: { name: call.name, arguments: call.input } },
              ],
            },
            { role: 'tool', tool_call_id: call.id, content: 'yes' },
          ],
        }[wire],
      );
    });

    it(`that nobody offered leave an answer of ${id} incomplete`, async () => {
      const { final } = await ask(id, {}, answerWith('', { stop: 'tool', toolCalls: [call] }));
      assert.ok(final.type === 'done');
      assert.equal(final.stop, 'other');
    });
  }

  it('may be called in the words that Chat Completions had before', async () => {
    const reply = answerWith('', { stop: 'tool', toolCalls: [call], age: 'older' });
    const { final } = await ask('vllm', { tools }, reply);
    assert.ok(final.type === 'done');
    assert.equal(final.stop, 'tools');
    assert.deepEqual(final.toolCalls, [{ ...call, id: 'call_0' }]);
  });
});

describe('answers of a form', () => {
  it('are enforced by the endpoint where it can', async () => {
    const format = { type: 'json_schema', schema };
    assert.deepEqual((await ask('anthropic', { answer })).body['output_config'], { format });
    assert.deepEqual((await ask('openai', { answer })).body['text'], {
      format: { ...format, name: 'verdict', strict: true },
    });
    assert.deepEqual((await ask('openrouter', { answer })).body['response_format'], {
      type: 'json_schema',
      json_schema: { name: 'verdict', schema, strict: true },
    });
  });

  it('are asked for by instruction where it cannot', async () => {
    for (const [id, asked] of [
      ['anthropic', open],
      ['groq', answer],
      ['deepseek', answer],
    ] as const) {
      const { body } = await ask(id, { answer: asked });
      const text = JSON.stringify(body);
      assert.match(text, /Answer with one JSON value and nothing else/);
      assert.ok(text.includes(JSON.stringify(JSON.stringify(asked.schema)).slice(1, -1)), text);
      assert.equal(text.includes('json_schema'), false);
    }
  });

  it('are never enforced strictly where the schema leaves something open', async () => {
    const { body } = await ask('openai', { answer: open });
    assert.equal(JSON.stringify(body['text']).includes('"strict":false'), true);
  });
});

describe('a prefix that is asked again', () => {
  it('is marked for the cache of anthropic, and is nothing to the others', async () => {
    const { body } = await ask('anthropic', { keepsPrefix: true });
    const kept = { cache_control: { type: 'ephemeral' } };
    assert.deepEqual(body['system'], [{ type: 'text', text: sampleRequest.system, ...kept }]);
    assert.deepEqual(body['messages'], [
      { role: 'user', content: [{ type: 'text', text: sampleRequest.messages[0]?.text, ...kept }] },
    ]);
    for (const id of ['openai', 'openrouter'])
      assert.doesNotMatch(JSON.stringify((await ask(id, { keepsPrefix: true })).body), /cache/);
  });
});

describe('a temperature', () => {
  for (const { id, takesTemperature } of presets) {
    it(`is ${takesTemperature ? 'sent to' : 'kept from'} ${id}`, async () => {
      const { body } = await ask(id, { temperature: 0 });
      assert.equal(body['temperature'], takesTemperature ? 0 : undefined);
    });
  }
});

describe('the version of the protocol before', () => {
  for (const [id] of clients) {
    it(`is still read from ${id}`, async () => {
      const usage = { input: 40, output: 9 };
      const { final } = await ask(id, {}, answerWith('let x = 1;\n', { age: 'older', usage }));
      assert.deepEqual(final, {
        type: 'done',
        stop: 'complete',
        text: 'let x = 1;\n',
        usage: { ...usage, cacheRead: 0, cacheWrite: 0, estimated: false },
        model: 'some-model',
      });
    });
  }
});
