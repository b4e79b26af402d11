import type { Digest } from '../../ports/digest.ts';
import type { AnswerStore } from '../../ports/answerStore.ts';
import type { ModelRequest } from '../../ports/models.ts';
import type { Redactor } from '../../safety/redact.ts';
import type { ModelTarget } from '../askModel.ts';

/** Gives an answer again that the same model gave to the same request. */
export interface AnswerCache {
  read(request: CachedRequest): Promise<CachedAnswer | undefined>;
  /** Keeps an answer that was found good. One that holds what looks like a secret is not kept. */
  write(request: CachedRequest, answer: CachedAnswer, maxBytes: number): Promise<void>;
}

export interface CachedRequest {
  readonly target: ModelTarget;
  /** Where the provider is reached: two servers of one kind are two models. */
  readonly address: string | undefined;
  /** All that can change the answer counts; the time limit does not. */
  readonly request: Omit<ModelRequest, 'model' | 'timeoutMs' | 'keepsPrefix'>;
}

export interface CachedAnswer {
  readonly text: string;
  /** What really answered. */
  readonly model: string;
}

export interface AnswerCacheParts {
  readonly store: AnswerStore;
  readonly digest: Digest;
  readonly redact: Redactor;
}

const version = 1;
const keptInMemory = 200;

export function createAnswerCache(parts: AnswerCacheParts): AnswerCache {
  return new LayeredCache(parts);
}

/** The latest in memory, all in the store. */
class LayeredCache implements AnswerCache {
  readonly #parts: AnswerCacheParts;
  /** The one that was used last stands last. */
  readonly #latest = new Map<string, CachedAnswer>();

  constructor(parts: AnswerCacheParts) {
    this.#parts = parts;
  }

  async read(request: CachedRequest): Promise<CachedAnswer | undefined> {
    const key = keyOf(request, this.#parts.digest);
    const known = this.#latest.get(key) ?? parseAnswer(await this.#parts.store.read(key));
    if (known) this.#remember(key, known);
    return known;
  }

  async write(request: CachedRequest, answer: CachedAnswer, maxBytes: number): Promise<void> {
    const { digest, redact, store } = this.#parts;
    if (redact(answer.text) !== answer.text) return;
    const key = keyOf(request, digest);
    this.#remember(key, answer);
    const { text, model } = answer;
    await store.write(key, `${JSON.stringify({ version, text, model })}\n`, maxBytes);
  }

  #remember(key: string, answer: CachedAnswer): void {
    this.#latest.delete(key);
    this.#latest.set(key, answer);
    const [oldest] = this.#latest.keys();
    if (this.#latest.size > keptInMemory && oldest !== undefined) this.#latest.delete(oldest);
  }
}

/** A digest: what is kept names no prompt. */
function keyOf({ target, address, request }: CachedRequest, digest: Digest): string {
  const { system, messages, tools = [], answer = null, temperature = null, maxOutputTokens } = request;
  return digest(
    JSON.stringify([
      version,
      target.provider,
      target.model,
      address ?? null,
      system,
      messages.map(({ role, text, toolCalls = [], toolResults = [] }) => [
        role,
        text,
        toolCalls,
        toolResults,
      ]),
      tools,
      answer,
      temperature,
      maxOutputTokens,
    ]),
  );
}

/** undefined for what is damaged or of another version. */
function parseAnswer(text: string | undefined): CachedAnswer | undefined {
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return undefined;
    const fields: Readonly<Record<string, unknown>> = Object.fromEntries(Object.entries(value));
    const { text: answer, model } = fields;
    return fields['version'] === version && typeof answer === 'string' && typeof model === 'string'
      ? { text: answer, model }
      : undefined;
  } catch {
    return undefined;
  }
}
