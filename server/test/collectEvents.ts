import type { ModelEvent, ModelProvider, ModelRequest } from '../engine/ports/models.ts';

export const sampleRequest: ModelRequest = {
  model: 'some-model',
  system: 'Answer with code only.',
  messages: [{ role: 'user', text: 'Write a test for add(a, b).' }],
  maxOutputTokens: 1000,
  timeoutMs: 5000,
};

/** Reads a provider to its end. */
export async function collectEvents(
  provider: ModelProvider,
  request: ModelRequest = sampleRequest,
  signal: AbortSignal = new AbortController().signal,
): Promise<readonly ModelEvent[]> {
  const events: ModelEvent[] = [];
  for await (const event of provider.ask(request, signal)) events.push(event);
  return events;
}

/** The last event, after a check that it is the only final one. */
export function finalEvent(events: readonly ModelEvent[]): ModelEvent & { readonly type: 'done' | 'failed' } {
  const finals = events.filter((event) => event.type === 'done' || event.type === 'failed');
  const last = events.at(-1);
  if (finals.length !== 1 || !last || (last.type !== 'done' && last.type !== 'failed')) {
    throw new Error(
      `Expected one final event at the end, got: ${events.map((event) => event.type).join(', ')}`,
    );
  }
  return last;
}
