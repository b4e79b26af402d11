import type { TokenUsage } from '../../protocol/runEvents.ts';

/** One provider of answers. Adapters implement it; the router alone calls it. */
export interface ModelProvider {
  /** As it stands before the `/` in `provider/model`. */
  readonly id: string;
  /** Where it is reached, without a key; missing: it has one place only. */
  readonly address?: string;
  /** Whose prices hold for what this one asks; undefined: its own. */
  readonly billedAs?: string;
  /**
   * Streams one answer: any number of `text`, `thinking` and `toolCall`, then exactly one `done` or `failed`, which alone
   * holds the token counts, and ends. Failures, aborts and cut streams are events, never exceptions. One transport try; the
   * router retries.
   */
  ask(request: ModelRequest, signal: AbortSignal): AsyncIterable<ModelEvent>;
  /** What it can be asked for; missing: it cannot tell. Never rejects; an abort is a fault. */
  list?(signal: AbortSignal): Promise<ModelListing>;
  /** What this model can read and write in one call, in tokens; undefined: nobody tells. Remembered for a while; never rejects. */
  contextTokens?(model: string, signal: AbortSignal): Promise<number | undefined>;
  /**
   * Tokens of the request's input as the provider counts them, without asking the model; undefined: it did not tell.
   * Missing: it has no way to count. Never rejects.
   */
  countTokens?(request: ModelRequest, signal: AbortSignal): Promise<number | undefined>;
}

export type ModelListing = { readonly type: 'listed'; readonly models: readonly ListedModel[] } | ModelFault;

export interface ListedModel {
  /** As a request names it. */
  readonly id: string;
  /** For people, where it says more than the id. */
  readonly label?: string;
  /** Tokens of input and answer together; missing where the endpoint does not tell. */
  readonly contextTokens?: number;
}

export interface ModelRequest {
  readonly model: string;
  readonly system: string;
  readonly messages: readonly ModelMessage[];
  /** What the model may ask for instead of an answer, or before it; missing: nothing. */
  readonly tools?: readonly ModelTool[];
  /** The answer is to be JSON of this form, natively where the endpoint can, else by instruction; it is not validated. */
  readonly answer?: AnswerForm;
  /** Sent only where the provider takes it. */
  readonly temperature?: number;
  /** The same beginning will be asked again within minutes, so the provider may keep it, where that is asked for. */
  readonly keepsPrefix?: boolean;
  readonly maxOutputTokens: number;
  /** Of the whole call, in milliseconds. */
  readonly timeoutMs: number;
}

export interface ModelMessage {
  readonly role: 'user' | 'assistant';
  readonly text: string;
  /** Of the assistant alone. */
  readonly toolCalls?: readonly ToolCall[];
  /** Of the user alone: one for each call of the message before; they come before the text. */
  readonly toolResults?: readonly ToolResult[];
}

export interface ModelTool {
  /** Letters, digits, `_` and `-`, at most 64. */
  readonly name: string;
  readonly description: string;
  /** JSON Schema of its input, which is an object. */
  readonly input: JsonSchema;
}

export interface ToolCall {
  readonly id: string;
  readonly name: string;
  /** JSON as the model wrote it; `{}` where it wrote none. What a model says is data: validate it. */
  readonly input: string;
}

export interface ToolResult {
  /** Id of the call. */
  readonly call: string;
  readonly text: string;
  readonly failed: boolean;
}

export interface AnswerForm {
  /** Letters, digits, `_` and `-`, at most 64. */
  readonly name: string;
  readonly schema: JsonSchema;
}

/** As endpoints take it: plain JSON. */
export type JsonSchema = Readonly<Record<string, unknown>>;

export type ModelEvent =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'thinking'; readonly text: string }
  /** A whole call. */
  | { readonly type: 'toolCall'; readonly call: ToolCall }
  | ModelDone
  | ModelFault;

export interface ModelDone {
  readonly type: 'done';
  /**
   * `length`: cut by the token limit; `refusal`: the model declined. Neither is ever taken as complete. `tools`: it waits for
   * the results of `toolCalls`.
   */
  readonly stop: 'complete' | 'tools' | 'length' | 'refusal' | 'other';
  /** The whole text. */
  readonly text: string;
  /** All that were streamed; missing: none. */
  readonly toolCalls?: readonly ToolCall[];
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
  /** The person has not allowed the editor's models to be used. */
  | 'model.no-consent'
  | 'model.unknown-provider';

/** What is known of a provider before anybody is asked. */
export interface ProviderInfo {
  readonly id: string;
  /** For people. */
  readonly label: string;
  /** What it is, for who chooses; may be empty. */
  readonly description: string;
  /** Empty: it has none but the user's own. */
  readonly baseUrl: string;
  /** Offered when a model is asked for; empty where no name can be expected. */
  readonly suggestedModel: string;
  readonly needsKey: boolean;
  /** Where it answers is asked when it is chosen: it has no address that suits all. */
  readonly asksBaseUrl: boolean;
  /** Environment variables that hold its key. */
  readonly keyVariables: readonly string[];
}

/** The providers that this installation can ask. */
export interface Models {
  /** undefined: nobody knows such a provider. */
  provider(id: string): ModelProvider | undefined;
}
