import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { EditorWindow } from './editorWindow.ts';

/** Lets code in the extension host act on the window and see it, which no extension can by itself. */
export interface UiBridge {
  /** For the extension host alone: whoever has it can run code in this process. */
  readonly address: string;
  readonly close: () => Promise<void>;
}

interface Snippet {
  /** The body of an async function of `page`, `editor`, `screenshot` and `value`. */
  readonly code: string;
  readonly value?: unknown;
}

type Evaluate = (
  page: EditorWindow['page'],
  editor: EditorWindow,
  screenshot: (name: string) => Promise<string>,
  value: unknown,
) => Promise<unknown>;

const bodyLimit = 1_000_000;

/** Opens a port of the loopback device; its path is a secret. Snippets wait until the window is there. */
export async function startUiBridge(window: Promise<EditorWindow>): Promise<UiBridge> {
  const path = `/${randomUUID()}`;
  const server = createServer((request, response) => {
    const isOurs = request.method === 'POST' && request.url === path;
    void (isOurs ? answer(request, response, window) : respond(response, 404, {}));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { address: `http://127.0.0.1:${port}${path}`, close };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  window: Promise<EditorWindow>,
): Promise<void> {
  try {
    const snippet = JSON.parse(await readBody(request)) as Snippet;
    await respond(response, 200, { result: await evaluate(snippet, await window) });
  } catch (error) {
    // What fails in the snippet, such as a text that never showed, is the test's to report.
    await respond(response, 200, { error: error instanceof Error ? error.message : String(error) });
  }
}

function evaluate({ code, value }: Snippet, window: EditorWindow): Promise<unknown> {
  const AsyncFunction = (async () => undefined).constructor as new (...names: string[]) => Evaluate;
  const run = new AsyncFunction('page', 'editor', 'screenshot', 'value', code);
  return run(window.page, window, (name) => window.screenshot(name), value);
}

async function readBody(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) {
    body += String(chunk);
    if (body.length > bodyLimit) throw new Error('The snippet is too long.');
  }
  return body;
}

function respond(response: ServerResponse, status: number, body: unknown): Promise<void> {
  response.writeHead(status, { 'content-type': 'application/json' });
  return new Promise((resolve) => response.end(JSON.stringify(body), resolve));
}
