import type { CassetteStore } from '../ports/cassettes.ts';
import type { Clock } from '../ports/clock.ts';
import type { Digest } from '../ports/digest.ts';
import type { ModelDone, ModelEvent, ModelFault, ModelProvider, ModelRequest } from '../ports/models.ts';
import type { Redactor } from '../safety/redact.ts';
import {
  cassetteVersion,
  fromLines,
  parseCassette,
  recordCalls,
  recordRequest,
  renderCassette,
  toLines,
  type Cassette,
} from './cassette/cassette.ts';
import { explainMiss } from './cassette/explainMiss.ts';
import { normalizeRequest, requestKey } from './cassette/requestKey.ts';

/** `replay`: recordings only. `record`: always asks, and writes. `auto`: a recording, else asks and writes. */
export type ReplayMode = 'record' | 'replay' | 'auto';

export interface ReplayOptions {
  readonly store: CassetteStore;
  readonly mode: ReplayMode;
  /** Who is asked and recorded; without it `auto` replays only and `record` fails. */
  readonly record?: ModelProvider;
  readonly digest: Digest;
  readonly clock: Clock;
  /** Takes secrets out of every text before it is written or shown. */
  readonly redact: Redactor;
  /** The answer is used although its recording could not be written; `reason` is for a person. */
  readonly onWriteFailed: (reason: string) => void;
}

/** Answers from recordings, and makes them. A replayed answer costs nothing and says who gave it. */
export function createReplayProvider(options: ReplayOptions): ModelProvider {
  const { mode, record } = options;
  const mayAsk = mode !== 'replay' && record !== undefined;
  return {
    id: 'replay',
    ...(mayAsk && { billedAs: record.billedAs ?? record.id }),
    ask: (request, signal) => answer(options, request, signal),
  };
}

async function* answer(
  options: ReplayOptions,
  request: ModelRequest,
  signal: AbortSignal,
): AsyncGenerator<ModelEvent> {
  const { mode, record, digest } = options;
  const key = requestKey(request, digest);
  if (mode === 'record') {
    yield* record ? askAndWrite(options, record, { request, key }, signal) : [cannotRecord];
    return;
  }
  const found = await findRecording(options, key);
  if (signal.aborted) yield cancelled;
  else if (found.kind === 'cassette') yield* replay(found.cassette, signal);
  else if (found.kind === 'broken')
    yield missFault(`The recording ${key.slice(0, 12)} cannot be used: ${found.problem}. Record it again.`);
  else if (mode === 'auto' && record) yield* askAndWrite(options, record, { request, key }, signal);
  else yield await explain(options, request, signal);
}

type Found =
  | { readonly kind: 'cassette'; readonly cassette: Cassette }
  | { readonly kind: 'broken'; readonly problem: string }
  | { readonly kind: 'missing' };

async function findRecording({ store }: ReplayOptions, key: string): Promise<Found> {
  let text: string | undefined;
  try {
    text = await store.read(key);
  } catch {
    return { kind: 'broken', problem: 'its file cannot be read' };
  }
  if (text === undefined) return { kind: 'missing' };
  const result = parseCassette(text);
  if (result.kind === 'cassette' && result.cassette.key !== key) {
    return { kind: 'broken', problem: 'it was made for another request' };
  }
  return result;
}

async function* replay(cassette: Cassette, signal: AbortSignal): AsyncGenerator<ModelEvent> {
  const text = fromLines(cassette.answer.text);
  for (const part of splitForStreaming(text)) {
    yield { type: 'text', text: part };
    if (signal.aborted) {
      yield cancelled;
      return;
    }
  }
  const { toolCalls } = cassette.answer;
  for (const call of toolCalls ?? []) yield { type: 'toolCall', call };
  const { provider, model } = cassette.answeredBy;
  yield {
    type: 'done',
    stop: cassette.answer.stop,
    text,
    ...(toolCalls && { toolCalls }),
    usage: cassette.usage,
    model,
    recordedFrom: `${provider}/${model}`,
  };
}

/** A few parts, cut after line ends, so that a screen shows a stream as it does live. */
function splitForStreaming(text: string): readonly string[] {
  const lines = text.split(/(?<=\n)/).filter((line) => line !== '');
  const linesPerPart = Math.ceil(lines.length / 4);
  const parts: string[] = [];
  for (let start = 0; start < lines.length; start += linesPerPart) {
    parts.push(lines.slice(start, start + linesPerPart).join(''));
  }
  return parts;
}

interface Asked {
  readonly request: ModelRequest;
  readonly key: string;
}

async function* askAndWrite(
  options: ReplayOptions,
  record: ModelProvider,
  asked: Asked,
  signal: AbortSignal,
): AsyncGenerator<ModelEvent> {
  for await (const event of record.ask(asked.request, signal)) {
    // Written before it is told, so that who waits for the answer finds the recording.
    if (event.type === 'done' && isWhole(event)) await write(options, record, asked, event);
    yield event;
  }
}

/** What was cut or refused answers nothing. */
function isWhole({ stop }: ModelDone): boolean {
  return stop === 'complete' || stop === 'tools';
}

async function write(
  options: ReplayOptions,
  record: ModelProvider,
  asked: Asked,
  done: ModelDone,
): Promise<void> {
  const { store, clock, redact, onWriteFailed } = options;
  const cassette: Cassette = {
    version: cassetteVersion,
    key: asked.key,
    answeredBy: {
      provider: record.id,
      model: redact(done.model || asked.request.model),
      date: new Date(clock.now()).toISOString().slice(0, 10),
    },
    request: {
      maxOutputTokens: asked.request.maxOutputTokens,
      ...recordRequest(normalizeRequest(asked.request), redact),
    },
    answer: {
      stop: done.stop === 'tools' ? 'tools' : 'complete',
      text: toLines(redact(done.text)),
      ...(done.toolCalls?.length && { toolCalls: recordCalls(done.toolCalls, redact) }),
    },
    usage: done.usage,
  };
  try {
    await store.write(asked.key, renderCassette(cassette));
  } catch {
    onWriteFailed(
      `The answer could not be recorded as ${asked.key.slice(0, 12)}. Check that the folder of recordings can be written.`,
    );
  }
}

async function explain(
  options: ReplayOptions,
  request: ModelRequest,
  signal: AbortSignal,
): Promise<ModelFault> {
  const { redact } = options;
  const recordings = await readAll(options, signal);
  // Recordings hold no secrets, so they are compared with what this request would have been recorded as.
  const reason = explainMiss(recordRequest(normalizeRequest(request), redact), recordings);
  return missFault(
    `No recording answers this request. ${reason}\nRecord it, or go back to the request that was recorded.`,
  );
}

async function readAll(options: ReplayOptions, signal: AbortSignal): Promise<readonly Cassette[]> {
  const cassettes: Cassette[] = [];
  let keys: readonly string[] = [];
  try {
    keys = await options.store.list();
  } catch {
    // A folder that cannot be listed holds nothing to compare with; the miss itself is reported.
  }
  for (const key of keys) {
    if (signal.aborted) break;
    const found = await findRecording(options, key);
    if (found.kind === 'cassette') cassettes.push(found.cassette);
  }
  return cassettes;
}

function missFault(message: string): ModelFault {
  return { type: 'failed', code: 'model.no-recording', message, retryable: false };
}

const cannotRecord: ModelFault = {
  type: 'failed',
  code: 'model.unknown-provider',
  message: 'There is nobody to record. Choose a model provider in the settings, or replay only.',
  retryable: false,
};

const cancelled: ModelFault = {
  type: 'failed',
  code: 'model.cancelled',
  message: 'The call was cancelled.',
  retryable: false,
};
