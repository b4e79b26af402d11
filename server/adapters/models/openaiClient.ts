import OpenAI from 'openai';
import type { ModelFault, ModelProvider, ModelRequest } from '../../engine/ports/models.ts';
import { ChatStream } from './chatStream.ts';
import type { Endpoint } from './endpoint.ts';
import { guardFetch } from './guardedFetch.ts';
import { toResponsesBody } from './responsesBody.ts';
import { ResponseStream } from './responseStream.ts';
import { streamAnswer } from './streamAnswer.ts';
import type { Connect } from './openaiAnswer.ts';

/** Asks an endpoint that speaks one of OpenAI's two protocols: Responses, or Chat Completions. */
export function createOpenaiClient(endpoint: Endpoint): ModelProvider {
  const { preset } = endpoint;
  const connect: Connect = (key, timeoutMs) => createSdk(endpoint, key, timeoutMs);
  return {
    id: preset.id,
    ask: (request, signal) => {
      const options = {
        timeoutMs: request.timeoutMs,
        idleMs: endpoint.idleMs,
        settle: (fault: ModelFault) => endpoint.settle(fault, signal),
      };
      const asked = { endpoint, request, connect };
      // A chat of two branches, since the events of the two protocols have no type in common.
      return preset.protocol === 'responses'
        ? streamAnswer(new ResponseStream(asked), options, signal)
        : streamAnswer(new ChatStream(asked), options, signal);
    },
    ...(preset.protocol === 'responses' && {
      countTokens: (request: ModelRequest, signal: AbortSignal) => countTokens(endpoint, request, signal),
    }),
  };
}

/**
 * New for each call, since the key may have changed. The SDK's retries are off: the router alone counts tries. What
 * the SDK would take from the environment is set here, or dropped by the guarded fetch.
 */
function createSdk(
  endpoint: Endpoint,
  key: string | undefined,
  timeoutMs: number,
  takes: 'stream' | 'json' = 'stream',
): OpenAI {
  const { keyHeader } = endpoint.preset;
  return new OpenAI({
    apiKey: key ?? 'none',
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    baseURL: endpoint.baseUrl,
    maxRetries: 0,
    timeout: timeoutMs,
    logLevel: 'off',
    fetch: guardFetch({ fetch: endpoint.fetch ?? globalThis.fetch, key, keyHeader, takes }),
  });
}

async function countTokens(
  endpoint: Endpoint,
  request: ModelRequest,
  signal: AbortSignal,
): Promise<number | undefined> {
  try {
    const key = await endpoint.readKey(signal);
    if (key.kind === 'fault') return undefined;
    const { model, instructions, input, tools, text } = toResponsesBody(request);
    const counted = await createSdk(
      endpoint,
      key.value,
      request.timeoutMs,
      'json',
    ).responses.inputTokens.count(
      {
        model: model ?? request.model,
        ...(instructions && { instructions }),
        ...(input && { input }),
        ...(tools && { tools }),
        ...(text && { text }),
      },
      { signal },
    );
    return Number.isSafeInteger(counted.input_tokens) ? counted.input_tokens : undefined;
  } catch {
    // Without a count there is the estimate.
    return undefined;
  }
}
