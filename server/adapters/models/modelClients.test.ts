import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import type { ModelEvent, ModelFaultCode } from '../../engine/ports/models.ts';
import { collectEvents, finalEvent, sampleRequest } from '../../test/collectEvents.ts';
import type { FakeModelServer } from '../../test/fakeModelServer/fakeModelServer.ts';
import {
  answerWith,
  statusOf,
  type FakeReply,
  type FakeStatus,
} from '../../test/fakeModelServer/fakeReply.ts';
import { errorTypeOf, renderStream, type WireFormat } from '../../test/fakeModelServer/wireText.ts';
import { plantedKey, withFakeModels } from '../../test/withFakeModels.ts';
import type { ModelsOptions } from './createModels.ts';

type Final = ReturnType<typeof finalEvent>;

/** A provider of each wire format. */
const clients: readonly (readonly [id: string, wire: WireFormat])[] = [
  ['anthropic', 'anthropic'],
  ['openai', 'responses'],
  ['openrouter', 'chat'],
];

async function ask(id: string, reply: FakeReply, options?: Partial<ModelsOptions>): Promise<Final> {
  return withFakeModels(id, [reply], async (provider) => finalEvent(await collectEvents(provider)), options);
}

async function fault(id: string, reply: FakeReply, options?: Partial<ModelsOptions>) {
  const final = await ask(id, reply, options);
  assert.ok(final.type === 'failed', `expected a fault, got ${JSON.stringify(final)}`);
  assert.ok(!final.message.includes(plantedKey), `the key is in: ${final.message}`);
  return final;
}

for (const [format, wire] of clients) {
  describe(`the ${format} client`, () => {
    it('gives text, thinking, counts and the model that answered', async () => {
      const usage = { input: 100, output: 20, cacheRead: 30, cacheWrite: 40 };
      const reply = answerWith('let x = 1;\n', { thinking: 'hm', usage, model: 'what-answered' });
      const events = await withFakeModels(format, [reply], (provider) => collectEvents(provider));
      assert.equal(textOf(events, 'thinking'), 'hm');
      assert.deepEqual(finalEvent(events), {
        type: 'done',
        stop: 'complete',
        text: 'let x = 1;\n',
        usage: { ...usage, estimated: false },
        model: 'what-answered',
      });
    });

    for (const [stop, expected] of [
      ['length', 'length'],
      ['refusal', 'refusal'],
      ['tool', 'other'],
      ['unheardOf', 'other'],
    ] as const) {
      it(`tells the stop "${stop}" from a complete answer`, async () => {
        const final = await ask(format, answerWith('code', { stop }));
        assert.ok(final.type === 'done');
        assert.equal(final.stop, expected);
      });
    }

    for (const count of [-1_000_000, 0.5, Number.MAX_VALUE, 'many']) {
      it(`does not believe a count of ${count} tokens`, async () => {
        const usage = { input: 10, output: count as number };
        const final = await ask(format, answerWith('code', { usage }));
        assert.ok(final.type === 'done');
        const { input, output, estimated } = final.usage;
        assert.deepEqual([input, output, estimated], [0, 0, true]);
      });
    }

    it('takes no more of an error than a message needs', async () => {
      const body = JSON.stringify({ error: { type: 'x', message: 'y'.repeat(32 * 1024 * 1024) } });
      const options = { status: 500, contentType: 'application/json' } as const;
      await withFakeModels(format, [{ kind: 'raw', body, ...options }], async (provider, server) => {
        const final = finalEvent(await collectEvents(provider));
        assert.ok(final.type === 'failed');
        assert.equal(final.code, 'model.server-error');
        for (let wait = 0; wait < 100 && server.abandoned() === 0; wait += 1) await delay(20);
        assert.equal(server.abandoned(), 1);
      });
    });

    it('reads an empty answer as what it is', async () => {
      const final = await ask(format, answerWith(''));
      assert.ok(final.type === 'done');
      assert.equal(final.text, '');
    });

    for (const reply of [
      answerWith('ünï ✓ 🙂', { delivery: { writeBytes: 1 } }),
      answerWith('ünï ✓ 🙂', { lineEnd: '\r\n', delivery: { writeBytes: 3 } }),
      answerWith('ünï ✓ 🙂', { unknownEvent: true }),
      answerWith('ünï ✓ 🙂', { eventChars: 1, delivery: { writeBytes: 7, pauseMs: 1, firstByteMs: 20 } }),
    ]) {
      it(`reads a stream that comes as ${JSON.stringify({ ...reply, text: undefined })}`, async () => {
        const final = await ask(format, reply);
        assert.ok(final.type === 'done', JSON.stringify(final));
        assert.equal(final.text, 'ünï ✓ 🙂');
      });
    }

    const statuses: readonly (readonly [FakeStatus, ModelFaultCode, retryable: boolean, RegExp])[] = [
      [
        statusOf(400, { message: 'messages: too long' }),
        'model.bad-request',
        false,
        /refused the request \(400\).*too long/,
      ],
      [statusOf(401), 'model.unauthorized', false, /refused the API key \(401\)/],
      [statusOf(402), 'model.spend-limit', false, /spending limit/],
      [statusOf(403), 'model.unauthorized', false, /refused the API key \(403\)/],
      [statusOf(404), 'model.not-found', false, /has no model "some-model"/],
      [statusOf(408), 'model.server-error', true, /\(408\)/],
      [statusOf(409), 'model.server-error', true, /\(409\)/],
      [statusOf(413), 'model.bad-request', false, /\(413\)/],
      [statusOf(429), 'model.rate-limited', true, /too often/],
      [
        statusOf(429, {
          code: 'insufficient_quota',
          type: 'insufficient_quota',
          message: 'You exceeded your current quota, please check your plan and billing details.',
        }),
        'model.spend-limit',
        false,
        /no credit/,
      ],
      [
        statusOf(429, { message: 'This workspace has reached its monthly spend limit.' }),
        'model.spend-limit',
        false,
        /no credit/,
      ],
      [
        statusOf(400, {
          message: 'You have reached your specified API usage limits. You will regain access on 2026-12-01.',
        }),
        'model.spend-limit',
        false,
        /regain access/,
      ],
      [
        statusOf(400, { message: 'Your credit balance is too low.' }),
        'model.spend-limit',
        false,
        /no credit/,
      ],
      [
        statusOf(307, { headers: { location: 'http://127.0.0.1:9/v1/messages' } }),
        'model.bad-request',
        false,
        /redirects/,
      ],
      [statusOf(500), 'model.server-error', true, /fault of its own \(500\)/],
      [statusOf(502), 'model.server-error', true, /\(502\)/],
      [statusOf(503), 'model.overloaded', true, /overloaded/],
      [statusOf(529), 'model.overloaded', true, /overloaded/],
    ];
    for (const [reply, code, retryable, message] of statuses) {
      it(`maps ${reply.status} ${reply.message ?? ''} to ${code}`, async () => {
        const final = await fault(format, reply);
        assert.equal(final.code, code);
        assert.equal(final.retryable, retryable);
        assert.match(final.message, message);
      });
    }

    it('never repeats a key that the endpoint repeats', async () => {
      for (const status of [400, 401, 403, 404, 429, 500, 529]) {
        const final = await fault(
          format,
          statusOf(status, { message: `Bad key ${plantedKey} in Bearer ${plantedKey}.` }),
        );
        assert.ok(!JSON.stringify(final).includes('planted'), final.message);
      }
      const event = { type: errorTypeOf(500), message: `Key ${plantedKey} failed.` };
      assert.ok(
        !JSON.stringify(await fault(format, answerWith('x', { errorEvent: event }))).includes('planted'),
      );
    });

    it('waits as the endpoint wishes, in seconds, milliseconds or until a date', async () => {
      const wish = async (headers: Readonly<Record<string, string>>) =>
        (await fault(format, statusOf(429, { headers }))).retryAfterMs;
      assert.equal(await wish({ 'retry-after': '2' }), 2000);
      assert.equal(await wish({ 'retry-after-ms': '1500', 'retry-after': '9' }), 1500);
      assert.equal(await wish({ 'retry-after': '86400' }), 86_400_000);
      assert.equal(await wish({ 'retry-after': 'soon' }), undefined);
      assert.equal(await wish({ 'retry-after': '-5' }), undefined);
      assert.equal(await wish({}), undefined);
      const inTenSeconds = new Date(Date.now() + 10_000).toUTCString();
      const ms = (await wish({ 'retry-after': inTenSeconds })) ?? 0;
      assert.ok(ms > 7_000 && ms <= 10_000, String(ms));
      assert.equal(await wish({ 'retry-after': new Date(0).toUTCString() }), 0);
    });

    it('reads an error event after success like its status', async () => {
      for (const [type, code, retryable] of [
        ['overloaded_error', 'model.overloaded', true],
        ['rate_limit_error', 'model.rate-limited', true],
        ['authentication_error', 'model.unauthorized', false],
        ['invalid_request_error', 'model.bad-request', false],
        ['never_heard_of', 'model.server-error', true],
      ] as const) {
        const final = await fault(format, answerWith('half', { errorEvent: { type, message: 'No.' } }));
        assert.equal(final.code, code);
        assert.equal(final.retryable, retryable);
      }
    });

    it('never takes a stream that was cut at any byte as complete before its stop reason', async () => {
      const answer = answerWith('a ✓ b', { eventChars: 2 });
      const stream = Buffer.from(renderStream(wire, answer, sampleRequest.model));
      const stopEvent = {
        anthropic: 'event: message_stop\ndata: {"type":"message_stop"}',
        responses: 'event: response.completed\ndata: {"type":"response.completed"',
        chat: '"finish_reason":"stop"}]}',
      }[wire];
      const stopsAt = stream.indexOf(stopEvent) + Buffer.byteLength(stopEvent);
      const cuts: { atByte: number; how: 'destroy' | 'end' }[] = [];
      for (let atByte = 0; atByte <= stream.length; atByte++) {
        cuts.push({ atByte, how: atByte % 2 === 0 ? 'end' : 'destroy' });
      }
      let next = 0;
      await withFakeModels(
        format,
        () => ({ ...answer, delivery: { cut: cuts[next] ?? { atByte: 0, how: 'end' as const } } }),
        async (provider) => {
          for (next = 0; next < cuts.length; next++) {
            const final = finalEvent(await collectEvents(provider));
            const { atByte = 0, how = '' } = cuts[next] ?? {};
            if (final.type === 'done') {
              assert.ok(atByte >= stopsAt, `done, although cut (${how}) at byte ${atByte} of ${stopsAt}`);
              assert.equal(final.text, 'a ✓ b');
            } else {
              assert.ok(atByte < stream.length, 'the whole stream was no answer');
              assert.ok(['model.cut-off', 'model.bad-answer'].includes(final.code), final.code);
              assert.equal(final.retryable, true, `cut (${how}) at byte ${atByte}: ${final.message}`);
            }
          }
        },
      );
    }).timeout(60_000);

    it('takes the whole stream as complete even when the endpoint leaves it open', async () => {
      const answer = answerWith('whole');
      const length = Buffer.byteLength(renderStream(wire, answer, sampleRequest.model));
      const final = await ask(format, { ...answer, delivery: { cut: { atByte: length, how: 'stall' } } });
      assert.ok(final.type === 'done');
      assert.equal(final.text, 'whole');
    });

    for (const [what, reply] of [
      ['broken JSON in an event', { kind: 'raw', body: 'event: message_start\ndata: {"type": nonsense\n\n' }],
      ['events that are no objects', { kind: 'raw', body: 'event: message_start\ndata: null\n\n' }],
      ['an empty stream', { kind: 'raw', body: '' }],
      ['no stop reason', answerWith('half', { omit: ['stopReason'] })],
      ['a page instead of a stream', { kind: 'raw', contentType: 'text/html', body: '<html></html>' }],
      ['JSON instead of a stream', { kind: 'raw', contentType: 'application/json', body: '{}' }],
    ] as const satisfies readonly (readonly [string, FakeReply])[]) {
      it(`reports ${what}`, async () => {
        const final = await fault(format, reply);
        assert.ok(['model.cut-off', 'model.bad-answer'].includes(final.code), final.code);
      });
    }

    it('stops an answer that is far too large', async () => {
      const line = `data: {"type":"ping","choices":[],"pad":"${'x'.repeat(1_000_000)}"}\n\n`;
      const final = await fault(format, { kind: 'raw', body: line.repeat(18) });
      assert.equal(final.code, 'model.bad-answer');
      assert.match(final.message, /far more than an answer/);
    });

    it('gives up a stream that falls silent, with the tokens that were told', async () => {
      const delivery = { cut: { atByte: 900, how: 'stall' } } as const;
      const final = await fault(format, answerWith('long '.repeat(100), { delivery }), { idleMs: 50 });
      assert.equal(final.code, 'model.stalled');
      assert.equal(final.retryable, true);
    });

    it('gives up a stream of pings alone', async () => {
      const answer = answerWith('long '.repeat(100));
      const atByte = renderStream(wire, answer, sampleRequest.model).indexOf('\n\n', 900) + 2;
      const final = await fault(
        format,
        { ...answer, delivery: { cut: { atByte, how: 'pings' } } },
        { idleMs: 50 },
      );
      assert.equal(final.code, 'model.stalled');
    });

    it('gives up a stream that trickles byte by byte without an event', async () => {
      const delivery = { writeBytes: 1, pauseMs: 2 } as const;
      const final = await fault(
        format,
        { kind: 'raw', body: renderStream(wire, answerWith('x'), 'm').slice(0, 900), delivery },
        { idleMs: 60 },
      );
      assert.equal(final.code, 'model.stalled');
    });

    it('gives up when the whole call takes too long', async () => {
      const reply = answerWith('late', { delivery: { firstByteMs: 5_000 } });
      const final = await withFakeModels(format, [reply], async (provider, server) => {
        const result = finalEvent(await collectEvents(provider, { ...sampleRequest, timeoutMs: 60 }));
        await untilAbandoned(server);
        return result;
      });
      assert.ok(final.type === 'failed');
      assert.equal(final.code, 'model.timeout');
      assert.equal(final.retryable, false);
    });

    it('lets go of the connection when it is cancelled', async () => {
      const reply = answerWith('x'.repeat(500), { delivery: { cut: { atByte: 900, how: 'stall' } } });
      await withFakeModels(format, [reply], async (provider, server) => {
        await collectEvents(provider, sampleRequest, AbortSignal.timeout(50));
        await untilAbandoned(server);
      });
    });

    it('makes one try only', async () => {
      await withFakeModels(format, [statusOf(529)], async (provider, server) => {
        await collectEvents(provider);
        assert.equal(server.requests.length, 1);
      });
    });
  });
}

function textOf(events: readonly ModelEvent[], type: 'text' | 'thinking'): string {
  return events.map((event) => (event.type === type ? event.text : '')).join('');
}

async function untilAbandoned(server: FakeModelServer): Promise<void> {
  const giveUpAt = Date.now() + 2_000;
  while (server.abandoned() === 0) {
    assert.ok(Date.now() < giveUpAt, 'the connection is still open');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
