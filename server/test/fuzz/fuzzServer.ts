import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PassThrough } from 'node:stream';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createConnection, ProposedFeatures } from 'vscode-languageserver';
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { composeEngine } from '../../composeEngine.ts';
import { startServer } from '../../lsp/server.ts';
import { watchFrames } from '../../lsp/watchFrames.ts';
import { plainSettings } from '../sliceWorkspace.ts';

/** What a server may take for an answer, in milliseconds; a busy machine needs its time. */
const patienceMs = 30_000;

const texts: Readonly<Record<string, string>> = {
  '.cursor/rules/check.mdc': [
    '---',
    'globs: src/**',
    'on: save',
    'actions:',
    '  - type: validate',
    '    conditions: [{ pattern: avoid, message: No. }]',
    '---',
    'See @src/a.js.',
    '',
  ].join('\n'),
  '.cursor/rules/tests.mdc': '---\nglobs: src/**\non: save\nactions: [{ type: generate_tests }]\n---\nT.\n',
  'src/a.js': 'avoid();\n',
  'src/b.js': 'export const b = 1;\n',
};

/** The real server over real streams, in this thread and on a folder of its own that nobody trusts: nothing is started in it. */
export class FuzzServer {
  readonly root: string;
  readonly #home: string;
  readonly #toServer = new PassThrough();
  readonly #answers = new Map<unknown, () => void>();
  readonly #connection;
  readonly #reader;
  #asked = 0;
  /** Whether the watch over the frames told of garbage, after which the process would end. */
  gaveUp = false;

  constructor() {
    this.#home = mkdtempSync(join(tmpdir(), 'codegen-lab-fuzz-'));
    this.root = join(this.#home, 'workspace');
    for (const [path, text] of Object.entries(texts)) {
      mkdirSync(dirname(join(this.root, path)), { recursive: true });
      writeFileSync(join(this.root, path), text);
    }
    const toClient = new PassThrough();
    watchFrames(this.#toServer, () => (this.gaveUp = true));
    this.#connection = createConnection(
      () =>
        createProtocolConnection(new StreamMessageReader(this.#toServer), new StreamMessageWriter(toClient)),
      { shutdownReceived: false, initialize: () => undefined, exit: () => undefined },
      ProposedFeatures.all,
    );
    startServer(this.#connection, (options, ports) =>
      composeEngine({ ...options, ...ports, interactive: true, environment: {} }),
    );
    this.#reader = new StreamMessageReader(toClient);
    this.#reader.listen((message) => this.#take(message));
  }

  async start(): Promise<void> {
    await this.#request('initialize', {
      processId: null,
      rootUri: null,
      workspaceFolders: [{ uri: pathToFileURL(this.root).href, name: 'fuzz' }],
      initializationOptions: {
        storage: join(this.#home, 'storage'),
        trusted: false,
        settings: plainSettings,
        extensionVersion: '0.0.0',
        builtinRules: fileURLToPath(new URL('../../../rules/', import.meta.url)),
      },
      capabilities: { workspace: { workspaceFolders: true } },
    });
    this.write(frame({ jsonrpc: '2.0', method: 'initialized', params: {} }));
    await this.probe();
  }

  /** Bytes as they are. */
  write(bytes: Buffer): void {
    this.#toServer.write(bytes);
  }

  /** Whether a plain request is answered. */
  async probe(): Promise<boolean> {
    return this.#request('codegenLab/listQueue', {});
  }

  async dispose(): Promise<void> {
    await this.#request('shutdown', undefined);
    this.#reader.dispose();
    this.#connection.dispose();
    rmSync(this.#home, { recursive: true, force: true });
  }

  #request(method: string, params: unknown): Promise<boolean> {
    this.#asked += 1;
    const id = `probe${this.#asked}`;
    return new Promise((resolve) => {
      const timer = setTimeout(() => settle(false), patienceMs);
      const settle = (isAnswered: boolean): void => {
        clearTimeout(timer);
        this.#answers.delete(id);
        resolve(isAnswered);
      };
      this.#answers.set(id, () => settle(true));
      this.write(frame({ jsonrpc: '2.0', id, method, params }));
    });
  }

  /** What the server asks is answered with nothing, so that it waits for nobody. */
  #take(message: object): void {
    const id = 'id' in message ? message.id : undefined;
    if ('method' in message && id !== undefined) this.write(frame({ jsonrpc: '2.0', id, result: null }));
    else this.#answers.get(id)?.();
  }
}

/** A message with its header. */
export function frame(message: unknown): Buffer {
  const body = Buffer.from(typeof message === 'string' ? message : JSON.stringify(message));
  return Buffer.concat([Buffer.from(`Content-Length: ${body.length}\r\n\r\n`), body]);
}
