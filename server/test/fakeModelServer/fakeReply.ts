/** What the fake server does with one request. */
export type FakeReply = FakeAnswer | FakeStatus | FakeRaw;

/** An answer in the wire format of the endpoint that was asked, whole or spoilt. */
export interface FakeAnswer {
  readonly kind: 'answer';
  readonly text: string;
  /** Sent before the text. */
  readonly thinking?: string;
  /** Calls of tools, after the text. */
  readonly toolCalls?: readonly FakeToolCall[];
  /** `older`: as the version of the API before spoke, and servers of that age do. */
  readonly age?: 'older';
  readonly usage?: FakeUsage;
  /** In words that both formats share. Default: `complete`. */
  readonly stop?: 'complete' | 'length' | 'refusal' | 'tool' | 'unheardOf';
  /** What answered. Default: the model that was asked. */
  readonly model?: string;
  /** Characters of the text in one event. Default: 8. */
  readonly eventChars?: number;
  readonly lineEnd?: '\n' | '\r\n';
  /** Left out of the stream. `done` is `message_stop` or `[DONE]`. */
  readonly omit?: readonly ('stopReason' | 'done' | 'usage')[];
  /** Sent after the text instead of the rest. */
  readonly errorEvent?: { readonly type: string; readonly message: string };
  /** An event of a type that no client knows, before the text. */
  readonly unknownEvent?: boolean;
  readonly delivery?: Delivery;
}

export interface FakeToolCall {
  readonly id: string;
  readonly name: string;
  /** JSON. */
  readonly input: string;
}

export interface FakeUsage {
  /** Without what the cache gave and took. */
  readonly input: number;
  readonly output: number;
  readonly cacheRead?: number;
  readonly cacheWrite?: number;
}

/** How the bytes of a body travel. */
export interface Delivery {
  /** Milliseconds before the status line. */
  readonly firstByteMs?: number;
  /** Bytes in one write. Default: all at once. */
  readonly writeBytes?: number;
  /** Milliseconds between two writes. */
  readonly pauseMs?: number;
  /** Sends so many bytes and no more: the socket dies, the body ends as if it were whole, or nothing happens. */
  readonly cut?: { readonly atByte: number; readonly how: 'destroy' | 'end' | 'stall' | 'pings' };
}

export interface FakeStatus {
  readonly kind: 'status';
  readonly status: number;
  /** As the endpoint names it. Default: the usual one for the status. */
  readonly type?: string;
  readonly code?: string;
  readonly message?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly delivery?: Delivery;
}

/** Any body, as it is. */
export interface FakeRaw {
  readonly kind: 'raw';
  readonly body: string | Uint8Array;
  readonly status?: number;
  /** Default: `text/event-stream`. */
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly delivery?: Delivery;
}

export function answerWith(text: string, more: Partial<Omit<FakeAnswer, 'kind' | 'text'>> = {}): FakeAnswer {
  return { kind: 'answer', text, ...more };
}

export function statusOf(
  status: number,
  more: Partial<Omit<FakeStatus, 'kind' | 'status'>> = {},
): FakeStatus {
  return { kind: 'status', status, ...more };
}
