import { createServer, type IncomingMessage } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';

export interface FakeProxy {
  readonly url: string;
  /** Request lines, in order. */
  readonly asked: () => readonly string[];
  /** Everything that it was told itself. */
  readonly heard: () => string;
  /** Answers with this status instead of a tunnel, until the reset. */
  readonly refuseWith: (status: number) => void;
  /** Whether it answers at all. */
  readonly hesitate: (silent: boolean) => void;
  readonly reset: () => void;
  close(): Promise<void>;
}

/** A real proxy on a free loopback port whose tunnels all lead to one port of this machine, whatever host is asked for. */
export async function startFakeProxy(port: number): Promise<FakeProxy> {
  const sockets = new Set<Socket>();
  let told: IncomingMessage[] = [];
  let refusal: number | undefined;
  let isSilent = false;
  const server = createServer((request, response) => {
    told.push(request);
    response.writeHead(405).end();
  });
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy());
  });
  server.on('connect', (request: IncomingMessage, client: Socket) => {
    told.push(request);
    if (isSilent) return;
    if (refusal !== undefined) {
      client.end(`HTTP/1.1 ${refusal} No\r\ncontent-length: 0\r\n\r\n`);
      return;
    }
    const upstream = connect(port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      client.pipe(upstream).pipe(client);
    });
    upstream.on('error', () => client.destroy()).on('close', () => client.destroy());
    client.on('close', () => upstream.destroy());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: () => told.map(({ method, url }) => `${method} ${url}`),
    heard: () => JSON.stringify(told.map(({ method, url, headers }) => ({ method, url, headers }))),
    refuseWith: (status) => (refusal = status),
    hesitate: (silent) => (isSilent = silent),
    reset() {
      told = [];
      refusal = undefined;
      isSilent = false;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
