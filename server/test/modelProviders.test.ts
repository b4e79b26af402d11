import { createModels } from '../adapters/models/createModels.ts';
import { presets } from '../adapters/models/presets.ts';
import { sha256 } from '../adapters/sha256.ts';
import { createReplayProvider } from '../engine/llm/replayProvider.ts';
import type { ModelEvent, ModelProvider, ModelRequest } from '../engine/ports/models.ts';
import { createRedactor } from '../engine/safety/redact.ts';
import { collectEvents } from './collectEvents.ts';
import { startFakeModelServer } from './fakeModelServer/fakeModelServer.ts';
import { answerWith, statusOf, type FakeReply } from './fakeModelServer/fakeReply.ts';
import { MemoryCassettes } from './memoryCassettes.ts';
import {
  contractText,
  describeModelContract,
  type ContractCase,
  type ContractSubject,
} from './modelContract.ts';
import { createScriptedModels, type ScriptedReply } from './scriptedModels.ts';
import { VirtualClock } from './virtualClock.ts';

const scripts: Readonly<Record<ContractCase, ScriptedReply>> = {
  answers: contractText,
  fails: { code: 'model.bad-request' },
  staysSilent: (_, signal) => sayThenWait([], signal),
  stopsMidway: (_, signal) => sayThenWait([{ type: 'text', text: 'export' }], signal),
};

const replies: Readonly<Record<ContractCase, FakeReply>> = {
  answers: answerWith(contractText),
  fails: statusOf(400),
  staysSilent: answerWith(contractText, { delivery: { firstByteMs: 60_000 } }),
  stopsMidway: answerWith(contractText, { delivery: { cut: { atByte: 900, how: 'stall' } } }),
};

async function* sayThenWait(events: readonly ModelEvent[], signal: AbortSignal): AsyncGenerator<ModelEvent> {
  yield* events;
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  yield { type: 'failed', code: 'model.cancelled', message: 'The call was cancelled.', retryable: false };
}

function scripted(contractCase: ContractCase): ModelProvider {
  const replyAgain = [...Array(5).keys()].map(() => scripts[contractCase]);
  const provider = createScriptedModels(replyAgain).provider('scripted');
  if (!provider) throw new Error('The script has no provider.');
  return provider;
}

function replayOf(
  record: ModelProvider,
  store: MemoryCassettes,
  mode: 'auto' | 'replay' | 'record',
): ModelProvider {
  const redact = createRedactor([]);
  return createReplayProvider({
    store,
    mode,
    record,
    digest: sha256,
    clock: new VirtualClock(),
    redact,
    onWriteFailed: () => undefined,
  });
}

/** Answers and faults come from recordings; for silence, a model is recorded that is silent. */
async function startReplay(contractCase: ContractCase): Promise<ContractSubject> {
  const store = new MemoryCassettes();
  const close = (): Promise<void> => Promise.resolve();
  if (contractCase === 'answers') await collectEvents(replayOf(scripted('answers'), store, 'record'));
  const mode = contractCase === 'answers' || contractCase === 'fails' ? 'replay' : 'auto';
  return { provider: replayOf(scripted(contractCase), store, mode), close };
}

async function startServer(id: string, contractCase: ContractCase): Promise<ContractSubject> {
  const server = await startFakeModelServer([replies[contractCase]]);
  const models = createModels({
    secrets: { read: () => Promise.resolve('a-key') },
    baseUrls: { [id]: id === 'anthropic' ? server.anthropicUrl : server.openaiUrl },
  });
  const provider = models.provider(id);
  if (!provider) throw new Error(`There is no provider ${id}.`);
  return { provider, close: () => server.close() };
}

describeModelContract('scripted', (contractCase) =>
  Promise.resolve({ provider: scripted(contractCase), close: () => Promise.resolve() }),
);
describeModelContract('replay', startReplay);
describeModelContract('record', (contractCase) =>
  Promise.resolve({
    provider: replayOf(scripted(contractCase), new MemoryCassettes(), 'record'),
    close: () => Promise.resolve(),
  }),
);
for (const { id } of presets) {
  describeModelContract(id, (contractCase) => startServer(id, contractCase));
}

describe('a key store that never answers', () => {
  it('does not keep a call from being cancelled', async () => {
    const models = createModels({ secrets: { read: () => new Promise<undefined>(() => undefined) } });
    const provider = models.provider('anthropic');
    const request: ModelRequest = {
      model: 'm',
      system: '',
      messages: [],
      maxOutputTokens: 1,
      timeoutMs: 60_000,
    };
    const events = provider ? await collectEvents(provider, request, AbortSignal.timeout(20)) : [];
    const [final] = events;
    if (final?.type !== 'failed' || final.code !== 'model.cancelled') throw new Error(JSON.stringify(events));
  });
});
