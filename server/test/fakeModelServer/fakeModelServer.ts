import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Delivery, FakeReply } from './fakeReply.ts';
import { errorTypeOf, renderError, renderStream, type WireFormat } from './wireText.ts';

/** Replies in order, the last one again and again; or a function that looks at the request and may take its time. */
export type FakeScript = readonly FakeReply[] | ((request: FakeRequest) => FakeReply | Promise<FakeReply>);

export interface FakeRequest {
  readonly format: WireFormat;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Readonly<Record<string, unknown>>;
  /** The body as it came. */
  readonly text: string;
}

export interface FakeRead {
  readonly what: string;
  readonly headers: IncomingHttpHeaders;
  /** The body as it came. */
  readonly text: string;
}

/** By `METHOD /path`; what is not among them is not there. */
export type FakePages = Readonly<Record<string, FakeReply>>;

export interface FakeModelServer {
  /** For a client that adds `/v1/messages`. */
  readonly anthropicUrl: string;
  /** For a client that adds `/chat/completions` or `/responses`. */
  readonly openaiUrl: string;
  /** In order of arrival. */
  readonly requests: readonly FakeRequest[];
  /** What was asked besides answers, such as `GET /v1/models`, with the headers; in order of arrival. */
  readonly reads: readonly FakeRead[];
  /** Connections whose client went away before the reply was over. */
  readonly abandoned: () => number;
  close(): Promise<void>;
}

/**
 * Starts a real HTTP server on a free loopback port that speaks Anthropic's Messages and OpenAI's Responses and Chat
 * Completions, streamed, and misbehaves as the script says. Close it when done.
 */
export async function startFakeModelServer(
  script: FakeScript,
  pages: FakePages = {},
): Promise<FakeModelServer> {
  const requests: FakeRequest[] = [];
  const reads: FakeRead[] = [];
  let abandoned = 0;
  const server = createServer((incoming, response) => {
    response.on('close', () => {
      if (!response.writableFinished) abandoned++;
    });
    const page = (what: string, text: string): FakeReply | undefined => {
      reads.push({ what, headers: incoming.headers, text });
      return pages[what];
    };
    const reply = (request: FakeRequest): FakeReply | Promise<FakeReply> => {
      requests.push(request);
      return replyOf(script, request, requests.length - 1);
    };
    serve({ incoming, response, page, reply }).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    anthropicUrl: url,
    openaiUrl: `${url}/v1`,
    requests,
    reads,
    abandoned: () => abandoned,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function replyOf(script: FakeScript, request: FakeRequest, index: number): FakeReply | Promise<FakeReply> {
  if (typeof script === 'function') return script(request);
  return script[Math.min(index, script.length - 1)] ?? { kind: 'status', status: 500 };
}

interface Exchange {
  readonly incoming: IncomingMessage;
  readonly response: ServerResponse;
  readonly page: (what: string, text: string) => FakeReply | undefined;
  readonly reply: (request: FakeRequest) => FakeReply | Promise<FakeReply>;
}

async function serve({ incoming, response, page, reply }: Exchange): Promise<void> {
  const path = incoming.url ?? '';
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  const format = incoming.method === 'POST' ? formatOf(path) : undefined;
  if (format === undefined) {
    const found = page(`${incoming.method} ${path}`, text);
    if (found) await send(response, renderReply(found, { format: 'chat', body: {} }));
    else response.writeHead(404).end();
    return;
  }
  const body = JSON.parse(text) as Readonly<Record<string, unknown>>;
  const request = { format, path, headers: incoming.headers, body, text } as const;
  await send(response, renderReply(await reply(request), request));
}

function formatOf(path: string): WireFormat | undefined {
  if (path.endsWith('/v1/messages')) return 'anthropic';
  if (path.endsWith('/v1/responses')) return 'responses';
  return path.endsWith('/v1/chat/completions') ? 'chat' : undefined;
}

interface Rendered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  readonly delivery: Delivery;
  /** What keeps a connection of this format alive without telling anything. */
  readonly ping: string;
}

function renderReply(reply: FakeReply, { format, body }: Pick<FakeRequest, 'format' | 'body'>): Rendered {
  const delivery = reply.delivery ?? {};
  const ping = format === 'anthropic' ? 'event: ping\ndata: {"type": "ping"}\n\n' : ': still here\n\n';
  switch (reply.kind) {
    case 'answer': {
      const text = renderStream(format, reply, String(body['model']));
      return {
        status: 200,
        headers: { 'content-type': 'text/event-stream' },
        body: Buffer.from(text),
        delivery,
        ping,
      };
    }
    case 'status': {
      const {
        status,
        type = errorTypeOf(status),
        code = '',
        message = `Status ${status}.`,
        headers = {},
      } = reply;
      const text = renderError(format, { type, code, message });
      return {
        status,
        headers: { 'content-type': 'application/json', ...headers },
        body: Buffer.from(text),
        delivery,
        ping,
      };
    }
    case 'raw': {
      const { status = 200, contentType = 'text/event-stream', headers = {} } = reply;
      const bytes = typeof reply.body === 'string' ? Buffer.from(reply.body) : reply.body;
      return { status, headers: { 'content-type': contentType, ...headers }, body: bytes, delivery, ping };
    }
  }
}

async function send(
  response: ServerResponse,
  { status, headers, body, delivery, ping }: Rendered,
): Promise<void> {
  const { firstByteMs = 0, writeBytes = body.length || 1, pauseMs = 0, cut } = delivery;
  if (firstByteMs > 0) await sleep(firstByteMs, undefined, { ref: false });
  if (response.destroyed) return;
  response.writeHead(status, headers).flushHeaders();
  const end = Math.min(body.length, cut?.atByte ?? body.length);
  for (let start = 0; start < end && !response.destroyed; start += writeBytes) {
    await write(response, body.subarray(start, Math.min(end, start + writeBytes)));
    if (pauseMs > 0) await sleep(pauseMs, undefined, { ref: false });
  }
  await finish(response, cut?.how ?? 'end', ping);
}

async function finish(
  response: ServerResponse,
  how: 'destroy' | 'end' | 'stall' | 'pings',
  ping: string,
): Promise<void> {
  if (how === 'end') response.end();
  if (how === 'destroy') response.destroy();
  // A stalled reply ends when the client or `close` ends the connection.
  while (how === 'pings' && !response.destroyed) {
    await write(response, Buffer.from(ping));
    await sleep(10, undefined, { ref: false });
  }
}

/** Resolves when the bytes left, or when nobody takes them any more. */
function write(response: ServerResponse, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    if (response.destroyed) resolve();
    else response.write(bytes, () => resolve());
  });
}
