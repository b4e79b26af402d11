import { request as requestHttp, type ClientRequest, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import { connect as connectTls } from 'node:tls';
import { findProxy, type ProxySettings } from './findProxy.ts';

/** The proxy could not be used. Its message names the proxy by host and port alone: its address may hold a password. */
export class ProxyError extends Error {
  readonly code = 'proxy';
  /** Whether the same request can succeed later. */
  readonly retryable: boolean;
  constructor(message: string, retryable: boolean) {
    super(message);
    this.retryable = retryable;
  }
}

/**
 * A `fetch` that goes through the user's proxy, by a tunnel, where there is one for the address; the proxy sees the host that
 * is asked and nothing else. Takes an address and texts as bodies, follows no redirect, and trusts the certificates that
 * Node trusts (`NODE_EXTRA_CA_CERTS` included).
 */
export function createProxiedFetch(settings: ProxySettings): typeof globalThis.fetch {
  return async (input, init = {}) => {
    const target = new URL(input instanceof Request ? input.url : input);
    const proxy = findProxy(target, settings);
    if (proxy === undefined) return globalThis.fetch(input, init);
    const signal = init.signal ?? undefined;
    signal?.throwIfAborted();
    const socket = await openTunnel(target, parseProxy(proxy), signal);
    return exchange(target, init, socket);
  };
}

function parseProxy(text: string): URL {
  const url = /^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed?.protocol === 'http:' || parsed?.protocol === 'https:') return parsed;
  throw new ProxyError(
    'The proxy in the settings or the environment is no http or https address. Correct `http.proxy` or HTTPS_PROXY.',
    false,
  );
}

/** A connection to the target, through the proxy; for https with TLS inside of the tunnel. */
async function openTunnel(target: URL, proxy: URL, signal: AbortSignal | undefined): Promise<Socket> {
  const isSecure = target.protocol === 'https:';
  const host = `${target.hostname}:${target.port || (isSecure ? 443 : 80)}`;
  const send = proxy.protocol === 'https:' ? requestHttps : requestHttp;
  const tunnel = send({
    host: proxy.hostname.replace(/^\[|\]$/g, ''),
    port: proxy.port || (proxy.protocol === 'https:' ? 443 : 80),
    method: 'CONNECT',
    path: host,
    headers: { host, ...authorize(proxy) },
    agent: false,
    ...(signal && { signal }),
  });
  const socket = await awaitTunnel(tunnel, proxy, signal);
  return isSecure ? secure(socket, target, signal) : socket;
}

function authorize({ username, password }: URL): Readonly<Record<string, string>> {
  if (username === '' && password === '') return {};
  const pair = `${decode(username)}:${decode(password)}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(pair).toString('base64')}` };
}

/** As it stands where it holds a `%` that encodes nothing. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function awaitTunnel(tunnel: ClientRequest, { host }: URL, signal: AbortSignal | undefined): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const refuse = ({ statusCode = 0 }: IncomingMessage, socket?: Socket): void => {
      socket?.destroy();
      reject(refusal(host, statusCode));
    };
    tunnel.on('connect', (response: IncomingMessage, socket: Socket, rest: Buffer) => {
      if (response.statusCode !== 200) return refuse(response, socket);
      if (rest.length > 0) socket.unshift(rest);
      resolve(socket);
    });
    tunnel.on('response', (response) => {
      response.resume();
      refuse(response);
    });
    tunnel.on('error', (error: NodeJS.ErrnoException) => {
      const reason = error.code ? ` (${error.code})` : '';
      const message = `The proxy ${host} cannot be reached${reason}. Check \`http.proxy\` or HTTPS_PROXY.`;
      reject(signal?.aborted ? error : new ProxyError(message, true));
    });
    tunnel.end();
  });
}

function refusal(host: string, status: number): ProxyError {
  if (status === 407) {
    return new ProxyError(
      `The proxy ${host} wants a name and a password (407). Put them into \`http.proxy\` or HTTPS_PROXY.`,
      false,
    );
  }
  return new ProxyError(`The proxy ${host} does not let the request through (${status}).`, status >= 500);
}

function secure(socket: Socket, { hostname }: URL, signal: AbortSignal | undefined): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const host = hostname.replace(/^\[|\]$/g, '');
    // An address of numbers is no server name.
    const secured = connectTls({ socket, host, ...(isIP(host) === 0 && { servername: host }) });
    const onAbort = (): void => void secured.destroy(new Error('aborted'));
    signal?.addEventListener('abort', onAbort, { once: true });
    secured.once('secureConnect', () => {
      signal?.removeEventListener('abort', onAbort);
      secured.off('error', reject);
      resolve(secured);
    });
    secured.once('error', reject);
  });
}

function exchange(
  target: URL,
  { method = 'GET', headers, body, signal }: RequestInit,
  socket: Socket,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const outgoing = requestHttp({
      // The connection is there, with TLS where that is wanted, so what is spoken on it is plain.
      createConnection: () => socket,
      host: target.hostname,
      method,
      path: target.pathname + target.search,
      headers: {
        ...Object.fromEntries(new Headers(headers)),
        host: target.host,
        'accept-encoding': 'identity',
      },
      ...(signal && { signal }),
    });
    outgoing.on('response', (incoming) => resolve(toResponse(incoming)));
    outgoing.on('error', reject);
    outgoing.end(typeof body === 'string' ? body : undefined);
  });
}

/** The body is given chunk by chunk, and a reader who leaves closes the connection. */
function toResponse(incoming: IncomingMessage): Response {
  const { statusCode: status = 502, rawHeaders } = incoming;
  const headers = new Headers();
  for (let index = 0; index + 1 < rawHeaders.length; index += 2)
    headers.append(rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '');
  const isEmpty = status === 204 || status === 205 || status === 304;
  if (isEmpty) incoming.resume();
  return new Response(isEmpty ? null : (Readable.toWeb(incoming) as ReadableStream<Uint8Array>), {
    status,
    headers,
  });
}
