export interface GuardOptions {
  readonly fetch: typeof globalThis.fetch;
  /** undefined: the request carries no credential at all. */
  readonly key: string | undefined;
  readonly keyHeader: 'authorization' | 'api-key';
  /** What the endpoint is to answer with: a stream of events, or one JSON text. */
  readonly takes: 'stream' | 'json';
}

/** The endpoint answered with success, but not with what was asked for. */
export class UnexpectedContentError extends Error {
  readonly code = 'unexpected-content';
  constructor() {
    super('The answer has another type than was asked for.');
  }
}

/** The endpoint sent more than any answer can need. */
export class OversizedAnswerError extends Error {
  readonly code = 'oversized';
  constructor() {
    super('The answer is too large.');
  }
}

const maxAnswerBytes = 16 * 1024 * 1024;
/** More than a message about a fault needs; the SDKs read it whole. */
const maxErrorBytes = 64 * 1024;
const types = { stream: /^text\/event-stream\b/i, json: /^application\/([\w.+-]+\+)?json\b/i } as const;
/** The SDKs also read headers, organisations and other keys from the environment; a provider gets only these. */
const allowedHeaders = /^(accept|content-type|user-agent|anthropic-version|x-stainless-.*)$/i;

/**
 * A `fetch` that sends this key and no other, follows no redirect (which would carry the key to another host), and takes
 * answers of one type and a bounded size.
 */
export function guardFetch({ fetch, key, keyHeader, takes }: GuardOptions): typeof globalThis.fetch {
  return async (input, init) => {
    const response = await fetch(input, {
      ...init,
      headers: keepHeaders(init?.headers, key, keyHeader),
      redirect: 'manual',
    });
    if (!response.ok) return withBody(response, response.body?.pipeThrough(cutAfter(maxErrorBytes)));
    if (!response.body || !types[takes].test(response.headers.get('content-type') ?? '')) {
      await response.body?.cancel();
      throw new UnexpectedContentError();
    }
    return withBody(response, limitBytes(response.body));
  };
}

function keepHeaders(
  given: RequestInit['headers'],
  key: string | undefined,
  keyHeader: GuardOptions['keyHeader'],
): Headers {
  const kept = new Headers();
  for (const [name, value] of new Headers(given)) if (allowedHeaders.test(name)) kept.set(name, value);
  if (key !== undefined) kept.set(keyHeader, keyHeader === 'authorization' ? `Bearer ${key}` : key);
  return kept;
}

function withBody({ status, headers }: Response, body: ReadableStream<Uint8Array> | undefined): Response {
  return new Response(body ?? null, { status, headers });
}

function cutAfter(maxBytes: number): TransformStream<Uint8Array, Uint8Array> {
  let left = maxBytes;
  return new TransformStream({
    transform(chunk, controller) {
      controller.enqueue(chunk.subarray(0, left));
      left -= chunk.byteLength;
      if (left <= 0) controller.terminate();
    },
  });
}

/** Counts as it reads: a pipe would cost every piece of a long answer more than reading it does. */
function limitBytes(body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  let bytes = 0;
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await reader.read();
        if (done) return controller.close();
        bytes += value.byteLength;
        if (bytes <= maxAnswerBytes) return controller.enqueue(value);
        controller.error(new OversizedAnswerError());
        await reader.cancel();
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}
