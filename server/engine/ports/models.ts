import type { TokenUsage } from '../../protocol/runEvents.ts';

/** One provider of answers. Adapters implement it; the router alone calls it. */
export interface ModelProvider {
  /** As it stands before the `/` in `provider/model`. */
  readonly id: string;
  /** Whose prices hold for what this one asks; undefined: its own. */
  readonly billedAs?: string;
  /**
   * Streams one answer: any number of `text` and `thinking`, then exactly one `done` or `failed`, and ends. Failures,
   * aborts and cut streams are events, never exceptions. One transport try; the router retries.
   */
  ask(request: ModelRequest, signal: AbortSignal): AsyncIterable<ModelEvent>;
}

export interface ModelRequest {
  readonly model: string;
  readonly system: string;
  readonly messages: readonly ModelMessage[];
  readonly maxOutputTokens: number;
  /** Of the whole call, in milliseconds. */
  readonly timeoutMs: number;
}

export interface ModelMessage {
  readonly role: 'user' | 'assistant';
  readonly text: string;
}

export type ModelEvent =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'thinking'; readonly text: string }
  | ModelDone
  | ModelFault;

export interface ModelDone {
  readonly type: 'done';
  /** `length`: cut by the token limit; `refusal`: the model declined. Neither is ever taken as complete. */
  readonly stop: 'complete' | 'length' | 'refusal' | 'other';
  /** The whole text. */
  readonly text: string;
  /** Where the endpoint gave no counts: zeros and `estimated`; the router estimates. */
  readonly usage: TokenUsage;
  /** What really answered, as the endpoint reports it. */
  readonly model: string;
  /** Set by `replay`: who answered when it was recorded. */
  readonly recordedFrom?: string;
}

export interface ModelFault {
  readonly type: 'failed';
  readonly code: ModelFaultCode;
  /** For a person; holds no key and no header. */
  readonly message: string;
  /** Whether the same request can succeed later. */
  readonly retryable: boolean;
  /** The endpoint's wish, in milliseconds. */
  readonly retryAfterMs?: number;
  /** Tokens that the fault cost, where the endpoint told; `estimated` when more may have been billed. */
  readonly usage?: TokenUsage;
}

export type ModelFaultCode =
  | 'model.unreachable'
  | 'model.timeout'
  | 'model.stalled'
  | 'model.cut-off'
  | 'model.rate-limited'
  | 'model.overloaded'
  | 'model.spend-limit'
  | 'model.unauthorized'
  | 'model.no-key'
  | 'model.not-found'
  | 'model.bad-request'
  | 'model.server-error'
  | 'model.bad-answer'
  | 'model.no-recording'
  | 'model.cancelled'
  | 'model.unknown-provider';

/** The providers that this installation can ask. */
export interface Models {
  /** undefined: nobody knows such a provider. */
  provider(id: string): ModelProvider | undefined;
}
