import { lookup, type LookupAddress } from 'node:dns';
import {
  createServer,
  request,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type Server,
  type ServerResponse,
} from 'node:http';
import { connect, type LookupFunction, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { domainOf, isListed } from './domainList.ts';
import { isPublicAddress } from './publicAddress.ts';

export interface ProxyParts {
  /** Names of domains; `*.` before one stands for all below it. */
  readonly domains: readonly string[];
  /** A request that was not let through. */
  readonly onRefused: (refusal: NetworkRefusal) => void;
  /** undefined: as the system resolves names. */
  readonly resolve?: (name: string) => Promise<readonly LookupAddress[]>;
  /** undefined: addresses on the internet alone. */
  readonly isPublic?: (address: string) => boolean;
  /** Port that stands for another one, for who has no right to listen on low ones; undefined: none does. */
  readonly portOf?: (port: number) => number;
}

export interface NetworkRefusal {
  /** As asked for, bounded. */
  readonly host: string;
  readonly reason: string;
}

export interface FilteringProxy {
  /** Ends all that goes through it. */
  close(): void;
}

const plainPort = 80;
const securePort = 443;
const idleMs = 120_000;
const maxConnections = 128;
const maxTold = 100;

type Target = { readonly name: string; readonly addresses: readonly LookupAddress[] };

/**
 * A proxy on a Unix socket that connects to listed domains alone: `CONNECT` to ports 443 and 80, and requests by http to port 80. Names
 * are resolved here, all their addresses have to be public, and the connection goes to exactly those. It follows no redirect:
 * the client asks anew, and is judged anew.
 */
export async function startFilteringProxy(socketPath: string, parts: ProxyParts): Promise<FilteringProxy> {
  const sockets = new Set<Duplex>();
  const told = new Set<string>();
  const refuse = (host: string, reason: string): string => {
    const key = `${host.slice(0, 253)} ${reason}`;
    if (told.size < maxTold && !told.has(key)) {
      told.add(key);
      parts.onRefused({ host: host.slice(0, 253), reason });
    }
    return `Codegen Lab: ${host.slice(0, 253)} ${reason} (codegenLab.sandbox.domains).\n`;
  };
  const keep = (socket: Duplex): void => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
  };
  const server = createServer({ maxHeaderSize: 32 * 1024, requireHostHeader: false });
  server.maxConnections = maxConnections;
  server.on('connection', keep);
  server.on('connect', (asked: IncomingMessage, client: Duplex, head: Buffer) => {
    void tunnel({ asked, client, head }, { parts, refuse, keep });
  });
  server.on('upgrade', (_asked: IncomingMessage, client: Duplex) => {
    client.end(reply(403, refuse('What was asked for', 'is another protocol, which is not let through')));
  });
  server.on('request', (asked, answer) => {
    void forward({ asked, answer }, { parts, refuse, keep });
  });
  server.on('clientError', (_error, client) => client.destroy());
  await listen(server, socketPath);
  return {
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

interface Means {
  readonly parts: ProxyParts;
  readonly refuse: (host: string, reason: string) => string;
  readonly keep: (socket: Duplex) => void;
}

interface Tunnel {
  readonly asked: IncomingMessage;
  readonly client: Duplex;
  readonly head: Buffer;
}

async function tunnel({ asked, client, head }: Tunnel, { parts, refuse, keep }: Means): Promise<void> {
  const [, host = '', port] = /^([^\s:@/?#[\]]+):(\d{1,5})$/u.exec(asked.url ?? '') ?? [];
  const refused = (reason: string): void => void client.end(reply(403, refuse(asked.url ?? '', reason)));
  if (host === '') return refused('is no name of a domain');
  const wanted = Number(port);
  if (wanted !== securePort && wanted !== plainPort)
    return refused(`is asked for on port ${wanted}, and only ${plainPort} and ${securePort} are open`);
  const target = await findTarget(host, parts);
  if ('reason' in target) return refused(target.reason);
  if (client.destroyed) return;
  const remote = open(target, wanted, parts);
  keep(remote);
  remote.setTimeout(idleMs, () => remote.destroy());
  remote.on('error', () => client.end(reply(502, `Codegen Lab: ${target.name} cannot be reached.\n`)));
  remote.once('connect', () => {
    client.write('HTTP/1.1 200 Connection established\r\n\r\n');
    remote.write(head);
    client.pipe(remote).pipe(client);
  });
  client.on('close', () => remote.destroy());
  remote.on('close', () => client.destroy());
}

interface Exchange {
  readonly asked: IncomingMessage;
  readonly answer: ServerResponse;
}

async function forward({ asked, answer }: Exchange, { parts, refuse }: Means): Promise<void> {
  const url = URL.parse(asked.url ?? '');
  const refused = (reason: string): void => {
    answer.writeHead(403, { 'content-type': 'text/plain', connection: 'close' });
    // A path or a query may hold what nobody should read in a log.
    answer.end(refuse(url?.host || 'What was asked for', reason));
  };
  if (url?.protocol !== 'http:' || url.username !== '' || url.password !== '')
    return refused('is no address by http');
  if (url.port !== '')
    return refused(`is asked for by http on port ${url.port}, and only ${plainPort} is open`);
  const target = await findTarget(url.hostname, parts);
  if ('reason' in target) return refused(target.reason);
  const remote = request({
    method: asked.method ?? 'GET',
    path: url.pathname + url.search,
    // What it is asked for is what was judged, whatever the client's own header says.
    headers: { ...endToEnd(asked), host: target.name },
    setHost: false,
    timeout: idleMs,
    createConnection: () => open(target, plainPort, parts),
  });
  remote.on('timeout', () => remote.destroy());
  remote.on('upgrade', (_response, socket) => socket.destroy());
  remote.on('response', (response) => {
    answer.writeHead(response.statusCode ?? 502, endToEnd(response));
    response.pipe(answer);
  });
  remote.on('error', () => {
    if (!answer.headersSent) answer.writeHead(502, { 'content-type': 'text/plain' });
    answer.end(`Codegen Lab: ${target.name} cannot be reached.\n`);
  });
  answer.on('close', () => remote.destroy());
  asked.pipe(remote);
}

/** The addresses of a listed name, each of them public, or why it is not let through. */
async function findTarget(
  host: string,
  { domains, resolve = resolveAll, isPublic = isPublicAddress }: ProxyParts,
): Promise<Target | { readonly reason: string }> {
  const name = domainOf(host);
  if (name === undefined) return { reason: 'is no name of a domain' };
  if (!isListed(name, domains)) return { reason: 'is not among the domains that are allowed' };
  const addresses = await resolve(name).catch(() => []);
  if (addresses.length === 0) return { reason: 'has no address' };
  const inner = addresses.find(({ address }) => !isPublic(address));
  return inner === undefined ? { name, addresses } : { reason: 'has an address that is not on the internet' };
}

function resolveAll(name: string): Promise<readonly LookupAddress[]> {
  return new Promise((resolve, reject) => {
    // With the dot no domain of this machine's own is tried behind it.
    lookup(`${name}.`, { all: true }, (error, addresses) => {
      if (error === null) resolve(addresses);
      else reject(error);
    });
  });
}

/** Never asks for the name again: what it was judged by is what is connected to. */
function open({ name, addresses }: Target, port: number, { portOf = (same) => same }: ProxyParts): Socket {
  const judged: LookupFunction = (_name, options, callback) => {
    const [first] = addresses;
    if (options.all === true) callback(null, [...addresses]);
    else callback(null, first?.address ?? '', first?.family ?? 4);
  };
  return connect({ host: name, port: portOf(port), lookup: judged, autoSelectFamily: true });
}

const hopByHop = new Set(
  'connection keep-alive proxy-authenticate proxy-authorization proxy-connection te trailer transfer-encoding upgrade'.split(
    ' ',
  ),
);

function endToEnd({ headers }: IncomingMessage): OutgoingHttpHeaders {
  const named = new Set((headers.connection ?? '').toLowerCase().split(/\s*,\s*/u));
  const kept: OutgoingHttpHeaders = {};
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined && !hopByHop.has(name) && !named.has(name)) kept[name] = value;
  return kept;
}

function reply(status: 403 | 502, text: string): string {
  const title = status === 403 ? 'Forbidden' : 'Bad Gateway';
  return `HTTP/1.1 ${status} ${title}\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\n${text}`;
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(path, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
