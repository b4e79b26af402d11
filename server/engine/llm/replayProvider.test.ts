import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { collectEvents, finalEvent, sampleRequest } from '../../test/collectEvents.ts';
import { MemoryCassettes } from '../../test/memoryCassettes.ts';
import { createScriptedModels, type ScriptedModels, type ScriptedReply } from '../../test/scriptedModels.ts';
import { VirtualClock } from '../../test/virtualClock.ts';
import type { ModelRequest } from '../ports/models.ts';
import { createRedactor } from '../safety/redact.ts';
import { requestKey } from './cassette/requestKey.ts';
import { createReplayProvider, type ReplayMode } from './replayProvider.ts';

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
const key = requestKey(sampleRequest, digest);

interface Setup {
  readonly mode: ReplayMode;
  readonly store?: MemoryCassettes;
  readonly replies?: readonly ScriptedReply[];
  readonly secrets?: readonly string[];
  readonly onWriteFailed?: (reason: string) => void;
}

function setUp({
  mode,
  store = new MemoryCassettes(),
  replies,
  secrets = [],
  onWriteFailed = (reason) => assert.fail(reason),
}: Setup) {
  const models: ScriptedModels = createScriptedModels(replies ?? [], { ids: ['anthropic'] });
  const record = replies && models.provider('anthropic');
  const provider = createReplayProvider({
    store,
    mode,
    digest,
    clock: new VirtualClock(Date.UTC(2026, 10, 21)),
    redact: createRedactor(secrets),
    onWriteFailed,
    ...(record && { record }),
  });
  return { provider, store, models };
}

async function ask(setup: Setup, request: ModelRequest = sampleRequest) {
  const { provider, store, models } = setUp(setup);
  return { final: finalEvent(await collectEvents(provider, request)), store, models };
}

const answer = { text: 'def add(a, b):\n    return a + b\n', model: 'claude-opus-5-5' };

describe('the replay provider', () => {
  it('records an answer as a file that people can read', async () => {
    const { final, store } = await ask({ mode: 'record', replies: [answer] });
    assert.ok(final.type === 'done');
    assert.equal(final.recordedFrom, undefined);
    assert.deepEqual(JSON.parse(store.texts.get(key) ?? ''), {
      version: 1,
      key,
      answeredBy: { provider: 'anthropic', model: 'claude-opus-5-5', date: '2026-11-21' },
      request: {
        maxOutputTokens: 1000,
        system: ['Answer with code only.'],
        messages: [{ role: 'user', text: ['Write a test for add(a, b).'] }],
      },
      answer: { stop: 'complete', text: ['def add(a, b):', '    return a + b', ''] },
      usage: { input: 10, output: 5, cacheRead: 0, cacheWrite: 0, estimated: false },
    });
  });

  it('gives the recorded answer, says who gave it, and asks nobody', async () => {
    const { store } = await ask({ mode: 'record', replies: [answer] });
    for (const mode of ['replay', 'auto'] as const) {
      const { final, models } = await ask({ mode, store, replies: ['never'] });
      assert.deepEqual(final, {
        type: 'done',
        stop: 'complete',
        text: answer.text,
        usage: { input: 10, output: 5, cacheRead: 0, cacheWrite: 0, estimated: false },
        model: 'claude-opus-5-5',
        recordedFrom: 'anthropic/claude-opus-5-5',
      });
      assert.equal(models.requests.length, 0);
    }
  });

  it('records calls of tools and gives them back, for the same tools alone', async () => {
    const tools = [{ name: 'read', description: 'Reads.', input: { type: 'object' } }];
    const toolCalls = [{ id: 'c1', name: 'read', input: '{"path":"a"}' }];
    const request: ModelRequest = { ...sampleRequest, tools };
    const { store } = await ask(
      { mode: 'record', replies: [{ text: '', stop: 'tools', toolCalls }] },
      request,
    );
    const { final } = await ask({ mode: 'replay', store }, request);
    assert.ok(final.type === 'done');
    assert.equal(final.stop, 'tools');
    assert.deepEqual(final.toolCalls, toolCalls);
    assert.equal((await ask({ mode: 'replay', store })).final.type, 'failed');
  });

  it('answers the same question for another model, limit, deadline and line end', async () => {
    const crlf = { ...sampleRequest, messages: [{ role: 'user' as const, text: 'one\r\ntwo\r\n' }] };
    const { store } = await ask({ mode: 'record', replies: [answer] }, crlf);
    const other = {
      ...crlf,
      model: 'other',
      maxOutputTokens: 9,
      timeoutMs: 9,
      messages: [{ role: 'user' as const, text: 'one\ntwo\n' }],
    };
    const { final } = await ask({ mode: 'replay', store }, other);
    assert.equal(final.type, 'done');
  });

  it('asks and records what is not recorded yet, in auto mode', async () => {
    const { final, store, models } = await ask({ mode: 'auto', replies: [answer] });
    assert.ok(final.type === 'done');
    assert.equal(models.requests.length, 1);
    assert.ok(store.texts.has(key));
  });

  it('asks again in record mode, although a recording exists', async () => {
    const { store } = await ask({ mode: 'record', replies: ['old'] });
    await ask({ mode: 'record', store, replies: ['new'] });
    const { final } = await ask({ mode: 'replay', store });
    assert.ok(final.type === 'done');
    assert.equal(final.text, 'new');
  });

  for (const [what, reply] of [
    ['was cut off', { text: 'half', stop: 'length' }],
    ['was declined', { text: 'no', stop: 'refusal' }],
    ['failed', { code: 'model.overloaded' }],
    ['broke off', [{ type: 'text', text: 'half' }]],
  ] as const satisfies readonly (readonly [string, ScriptedReply])[]) {
    it(`does not record an answer that ${what}`, async () => {
      const { provider, store } = setUp({ mode: 'record', replies: [reply] });
      await collectEvents(provider);
      assert.equal(store.texts.size, 0);
    });
  }

  it('names its prices only when it may ask', () => {
    assert.equal(setUp({ mode: 'auto', replies: [] }).provider.billedAs, 'anthropic');
    assert.equal(setUp({ mode: 'record', replies: [] }).provider.billedAs, 'anthropic');
    assert.equal(setUp({ mode: 'replay', replies: [] }).provider.billedAs, undefined);
    assert.equal(setUp({ mode: 'auto' }).provider.billedAs, undefined);
  });

  it('cannot record nobody', async () => {
    const { final } = await ask({ mode: 'record' });
    assert.ok(final.type === 'failed');
    assert.equal(final.code, 'model.unknown-provider');
  });

  it('uses an answer that cannot be written, and says so', async () => {
    const store = new MemoryCassettes();
    store.write = () => Promise.reject(new Error('EROFS /home/someone'));
    const reasons: string[] = [];
    const { final } = await ask({
      mode: 'record',
      store,
      replies: [answer],
      onWriteFailed: (reason) => reasons.push(reason),
    });
    assert.equal(final.type, 'done');
    assert.match(reasons.join(), /could not be recorded/);
    assert.doesNotMatch(reasons.join(), /someone/);
  });

  it('keeps no secret in a recording, and still replays it', async () => {
    const secrets = ['planted-canary-1'];
    const keys = ['sk-ant-api03-canary2canary2canary2', 'ghp_canary3canary3canary3canary3canary3'];
    const request: ModelRequest = {
      ...sampleRequest,
      system: `token ${secrets[0]}`,
      messages: [{ role: 'user', text: `API_KEY = "${keys[0]}"\nother line` }],
    };
    const { store } = await ask(
      { mode: 'record', secrets, replies: [`use ${keys[1]} and ${secrets[0]}\n`] },
      request,
    );
    const [text = ''] = store.texts.values();
    assert.doesNotMatch(text, /canary/);
    assert.match(text, /other line/);
    const { final } = await ask({ mode: 'replay', store, secrets }, request);
    assert.ok(final.type === 'done');
    assert.doesNotMatch(final.text, /canary/);
  });
});

describe('a request that no recording answers', () => {
  async function miss(
    request: ModelRequest,
    store: MemoryCassettes,
    secrets: readonly string[] = [],
  ): Promise<string> {
    const { final } = await ask({ mode: 'replay', store, secrets }, request);
    assert.ok(final.type === 'failed', JSON.stringify(final));
    assert.equal(final.code, 'model.no-recording');
    assert.equal(final.retryable, false);
    return final.message;
  }

  const recorded: ModelRequest = {
    ...sampleRequest,
    messages: [
      {
        role: 'user',
        text: '# Rule\nWrite tests.\n\n## File src/add.py\ndef add(a, b):\n    return a + b\n',
      },
    ],
  };

  async function recordings(): Promise<MemoryCassettes> {
    const store = new MemoryCassettes();
    await ask({ mode: 'record', store, replies: ['other'] }, { ...sampleRequest, system: 'Another system.' });
    await ask({ mode: 'record', store, replies: ['this'] }, recorded);
    return store;
  }

  it('is said to be the first one', async () => {
    assert.match(await miss(sampleRequest, new MemoryCassettes()), /Nothing is recorded yet/);
  });

  it('is compared with the nearest recording, down to the line and its heading', async () => {
    const changed = recorded.messages.map(({ role, text }) => ({
      role,
      text: text.replace('a + b', 'a - b'),
    }));
    const message = await miss({ ...recorded, messages: changed }, await recordings());
    assert.match(message, /message 1 \(user\), line 6, under "## File src\/add\.py"/);
    assert.match(message, /asked: {4}" {4}return a - b"/);
    assert.match(message, /recorded: " {4}return a \+ b"/);
    assert.ok(message.includes(requestKey(recorded, digest).slice(0, 12)));
  });

  it('names the system text, a message too many and a message too few', async () => {
    const store = await recordings();
    assert.match(
      await miss({ ...recorded, system: 'Answer with code only!' }, store),
      /differs first in the system text, line 1 \(request\.system\[0\]\)/,
    );
    const more = [...recorded.messages, { role: 'assistant' as const, text: 'ok' }];
    assert.match(
      await miss({ ...recorded, messages: more }, store),
      /message 2 \(assistant\), line 1.*\n.*"ok"\n.*\(nothing\)/,
    );
    assert.match(
      await miss({ ...recorded, messages: [] }, store),
      /message 1 \(user\), line 1 \(request\.messages\[0\]\.text\[0\]\):\n.*\(nothing\)/,
    );
  });

  it('names tools and forms of answers too, by their place in the file', async () => {
    const tools = [{ name: 'read', description: 'Reads.', input: { type: 'object' } }];
    const store = await recordings();
    assert.match(
      await miss({ ...recorded, tools }, store),
      /differs first in tool 1 \(request\.tools\[0\]\):\n.*"read.*\n.*\(nothing\)/,
    );
    const answer = { name: 'verdict', schema: { type: 'object' } };
    assert.match(
      await miss({ ...recorded, answer }, store),
      /differs first in the form of the answer \(request\.answer\)/,
    );
  });

  it('shows no secret in what it compares', async () => {
    const message = await miss({ ...recorded, system: 'planted-canary' }, await recordings(), [
      'planted-canary',
    ]);
    assert.doesNotMatch(message, /canary/);
  });

  for (const [what, text, problem] of [
    ['is no JSON', '{"version": 1,', /is not JSON/],
    ['has another version', JSON.stringify({ version: 2 }), /cannot be used/],
    ['has another form', '[]', /cannot be used/],
  ] as const) {
    it(`is told apart from a recording that ${what}`, async () => {
      const store = new MemoryCassettes();
      store.texts.set(key, text);
      const message = await miss(sampleRequest, store);
      assert.match(message, problem);
      assert.match(message, /Record it again/);
    });
  }

  it('is told apart from a recording that lies under the wrong key or cannot be read', async () => {
    const store = await recordings();
    const [other = ''] = store.texts.values();
    store.texts.set(key, other);
    assert.match(await miss(sampleRequest, store), /made for another request/);
    store.read = () => Promise.reject(new Error('EACCES'));
    assert.match(await miss(sampleRequest, store), /cannot be read/);
  });

  it('is reported even when the recordings cannot be listed, or some are broken', async () => {
    const store = await recordings();
    store.texts.set('f'.repeat(64), 'broken');
    assert.match(await miss(sampleRequest, store), /differs first in/);
    store.list = () => Promise.reject(new Error('EACCES'));
    assert.match(await miss(sampleRequest, store), /Nothing is recorded/);
  });
});
