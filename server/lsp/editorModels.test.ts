import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import type { CancellationToken } from 'vscode-languageserver/node';
import type { ModelFaultCode } from '../engine/ports/models.ts';
import type { EditorModelEnd, EditorModelPart, EditorModelQuestion } from '../protocol/modelRequests.ts';
import { collectEvents, finalEvent, sampleRequest } from '../test/collectEvents.ts';
import { contractText, describeModelContract, type ContractCase } from '../test/modelContract.ts';
import { createEditorModels, type EditorModelChannel } from './editorModels.ts';

type Tell = (part: EditorModelPart) => void;
type Answer = (
  tell: Tell,
  question: EditorModelQuestion,
  token: CancellationToken,
) => Promise<EditorModelEnd>;

/** The editor's side: parts come by one way and the end by another, as they do over a connection. */
function channelWith(answer: Answer): EditorModelChannel {
  let listener: (call: string, part: EditorModelPart) => void = () => undefined;
  return {
    onPart: (given) => (listener = given),
    list: () => Promise.resolve([{ id: 'vendor/one', label: 'One', contextTokens: 8_000 }]),
    ask: (question, token) => answer((part) => listener(question.call, part), question, token),
  };
}

function ended(parts: number): EditorModelEnd {
  return { kind: 'answered', model: 'vendor/one', parts, inputTokens: 7, outputTokens: 3 };
}

function untilCancelled(token: CancellationToken): Promise<EditorModelEnd> {
  return new Promise((resolve) => {
    const end = { kind: 'failed', why: 'cancelled', message: 'Cancelled.' } as const;
    if (token.isCancellationRequested) resolve(end);
    token.onCancellationRequested(() => resolve(end));
  });
}

const halves = [contractText.slice(0, 20), contractText.slice(20)] as const;
const answers: Readonly<Record<ContractCase, Answer>> = {
  async answers(tell) {
    for (const text of halves) {
      await delay(1);
      tell({ type: 'text', text });
    }
    return ended(2);
  },
  fails: () => Promise.resolve({ kind: 'failed', why: 'no-consent', message: 'Allow it first.' }),
  staysSilent: (_tell, _question, token) => untilCancelled(token),
  stopsMidway(tell, _question, token) {
    tell({ type: 'text', text: 'export' });
    return untilCancelled(token);
  },
};

describeModelContract('editor', (contractCase) =>
  Promise.resolve({
    provider: createEditorModels(channelWith(answers[contractCase])),
    close: () => Promise.resolve(),
  }),
);

describe('the models of the editor', () => {
  const never = new AbortController().signal;

  it('are asked with the whole request, and count in estimates', async () => {
    const asked: EditorModelQuestion[] = [];
    const channel = channelWith((tell, question) => {
      asked.push(question);
      tell({ type: 'text', text: 'ok' });
      return Promise.resolve(ended(1));
    });
    const final = finalEvent(await collectEvents(createEditorModels(channel)));
    assert.deepEqual(asked, [
      {
        call: '1',
        model: sampleRequest.model,
        system: sampleRequest.system,
        messages: sampleRequest.messages,
        tools: [],
      },
    ]);
    assert.deepEqual(final, {
      type: 'done',
      stop: 'complete',
      text: 'ok',
      usage: { input: 7, output: 3, cacheRead: 0, cacheWrite: 0, estimated: true },
      model: 'vendor/one',
    });
  });

  it('are waited for when the end overtakes the last parts', async () => {
    const channel = channelWith((tell) => {
      tell({ type: 'text', text: 'one ' });
      setTimeout(() => tell({ type: 'text', text: 'two' }), 10);
      return Promise.resolve(ended(2));
    });
    const final = finalEvent(await collectEvents(createEditorModels(channel)));
    assert.ok(final.type === 'done');
    assert.equal(final.text, 'one two');
  });

  it('answer several calls at a time, each its own parts', async () => {
    const channel = channelWith(async (tell, { model }) => {
      for (const text of [model, '!']) {
        await delay(1);
        tell({ type: 'text', text });
      }
      return ended(2);
    });
    const provider = createEditorModels(channel);
    const finals = await Promise.all(
      ['a', 'b', 'c'].map(async (model) =>
        finalEvent(await collectEvents(provider, { ...sampleRequest, model })),
      ),
    );
    assert.deepEqual(
      finals.map((final) => (final.type === 'done' ? final.text : final.message)),
      ['a!', 'b!', 'c!'],
    );
  });

  it('may call the tools that they were offered, and no others', async () => {
    const call = { id: 'c', name: 'read_file', input: '{}' } as const;
    const channel = channelWith((tell) => {
      tell({ type: 'toolCall', call });
      return Promise.resolve(ended(1));
    });
    const tools = [{ name: 'read_file', description: 'Reads.', input: { type: 'object' } }];
    const provider = createEditorModels(channel);
    for (const [request, stop] of [
      [{ ...sampleRequest, tools }, 'tools'],
      [sampleRequest, 'other'],
    ] as const) {
      const final = finalEvent(await collectEvents(provider, request));
      assert.ok(final.type === 'done');
      assert.equal(final.stop, stop);
      assert.deepEqual(final.toolCalls, [call]);
    }
  });

  for (const [why, code, retryable] of [
    ['no-consent', 'model.no-consent', false],
    ['quota', 'model.spend-limit', false],
    ['not-found', 'model.not-found', false],
    ['other', 'model.server-error', true],
  ] as const satisfies readonly (readonly [string, ModelFaultCode, boolean])[]) {
    it(`show ${why} as what it is`, async () => {
      const channel = channelWith(() => Promise.resolve({ kind: 'failed', why, message: 'Why.' }));
      const final = finalEvent(await collectEvents(createEditorModels(channel)));
      assert.deepEqual(final, { type: 'failed', code, message: 'Why.', retryable });
    });
  }

  it('that fall silent in the middle, take too long or lose the editor end the call', async () => {
    const silent = createEditorModels(channelWith(answers.stopsMidway), 30);
    const slow = createEditorModels(channelWith(answers.staysSilent));
    const lost = createEditorModels(channelWith(() => Promise.reject(new Error('canary'))));
    const other = createEditorModels({ ...channelWith(answers.answers), ask: () => Promise.resolve(null) });
    for (const [provider, request, code] of [
      [silent, sampleRequest, 'model.stalled'],
      [slow, { ...sampleRequest, timeoutMs: 30 }, 'model.timeout'],
      [lost, sampleRequest, 'model.unreachable'],
      [other, sampleRequest, 'model.unreachable'],
    ] as const) {
      const final = finalEvent(await collectEvents(provider, request));
      assert.ok(final.type === 'failed');
      assert.equal(final.code, code);
      assert.doesNotMatch(final.message, /canary/);
    }
  });

  it('tell the editor to stop when the call is cancelled', async () => {
    const tokens: CancellationToken[] = [];
    const provider = createEditorModels(
      channelWith((_tell, _question, token) => {
        tokens.push(token);
        return untilCancelled(token);
      }),
    );
    await collectEvents(provider, sampleRequest, AbortSignal.timeout(20));
    assert.equal(tokens[0]?.isCancellationRequested, true);
  });

  it('are listed, and an editor that does not answer is a fault', async () => {
    const provider = createEditorModels(channelWith(answers.answers));
    assert.deepEqual(await provider.list?.(never), {
      type: 'listed',
      models: [{ id: 'vendor/one', label: 'One', contextTokens: 8_000 }],
    });
    const broken = { ...channelWith(answers.answers), list: () => Promise.reject(new Error('no')) };
    const silent = { ...channelWith(answers.answers), list: () => new Promise<never>(() => undefined) };
    const other = { ...channelWith(answers.answers), list: () => Promise.resolve(null) };
    for (const [channel, code] of [
      [broken, 'model.unreachable'],
      [other, 'model.unreachable'],
      [silent, 'model.cancelled'],
    ] as const) {
      const listing = await createEditorModels(channel).list?.(AbortSignal.timeout(20));
      assert.ok(listing?.type === 'failed');
      assert.equal(listing.code, code);
    }
  });
});
