import { fork, spawn, type ChildProcess } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PassThrough } from 'node:stream';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createConnection, ProposedFeatures } from 'vscode-languageserver';
import {
  createProtocolConnection,
  IPCMessageReader,
  IPCMessageWriter,
  StreamMessageReader,
  StreamMessageWriter,
  type InitializeResult,
} from 'vscode-languageserver/node';
import { composeEngine } from '../composeEngine.ts';
import { startServer } from '../lsp/server.ts';
import type { EditorSettings, ServerOptions } from '../protocol/requests.ts';
import {
  startFakeModelServer,
  type FakeModelServer,
  type FakePages,
  type FakeScript,
} from './fakeModelServer/fakeModelServer.ts';
import { LspClient, type LspClientOptions, type StartParams } from './lspClient.ts';
import { plainSettings } from './sliceWorkspace.ts';

const fixtures = fileURLToPath(new URL('../../test-fixtures/', import.meta.url));
const builtinRules = fileURLToPath(new URL('../../rules/', import.meta.url));
const main = fileURLToPath(new URL('./serverProcess.ts', import.meta.url));

export interface EditorHomeOptions {
  /** Folder below test-fixtures that is copied as the workspace. */
  readonly workspace?: string;
  /** Paths below the home: those of the workspace begin with `workspace/`. */
  readonly files?: Readonly<Record<string, string>>;
  readonly script?: FakeScript;
  /** What the model's server says besides answers. */
  readonly pages?: FakePages;
}

export interface SessionOptions extends Omit<LspClientOptions, 'reader' | 'writer'> {
  readonly settings?: Partial<EditorSettings>;
  readonly trusted?: boolean;
  /** Names of folders below the home. Default: `workspace`. */
  readonly folders?: readonly string[];
  readonly processId?: number;
  readonly capabilities?: StartParams['capabilities'];
  /** A command and its arguments that start the process over stdio within limits of their own, such as a read-only disk. */
  readonly wrapper?: readonly string[];
  /** What is sent instead of options that a server can start from. */
  readonly options?: ServerOptions;
}

/** A server that serves one client. */
export interface LspSession {
  readonly client: LspClient;
  readonly initialized: InitializeResult;
  /** The server's process; undefined when it runs in this one. */
  readonly process?: ChildProcess;
  /** How the server would have ended its process, each time it did. */
  readonly exits: readonly number[];
  /** What its process wrote to standard error. */
  readonly errors: readonly string[];
}

/** A person's home with workspaces and a storage on the disk, and a model at the other end of a real wire. */
export class EditorHome {
  readonly models: FakeModelServer;
  readonly #home: string;
  readonly #closing: (() => Promise<void> | void)[] = [];

  static async create(options: EditorHomeOptions = {}): Promise<EditorHome> {
    const home = new EditorHome(await startFakeModelServer(options.script ?? [], options.pages));
    mkdirSync(home.path('workspace'));
    if (options.workspace)
      cpSync(join(fixtures, options.workspace), home.path('workspace'), { recursive: true });
    for (const [path, text] of Object.entries(options.files ?? {})) home.write(path, text);
    return home;
  }

  private constructor(models: FakeModelServer) {
    this.models = models;
    this.#home = mkdtempSync(join(tmpdir(), 'editor-'));
  }

  path(path: string): string {
    return join(this.#home, path);
  }

  uri(path: string): string {
    return pathToFileURL(this.path(path)).href;
  }

  read(path: string): string | undefined {
    return existsSync(this.path(path)) ? readFileSync(this.path(path), 'utf8') : undefined;
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(this.path(path)), { recursive: true });
    writeFileSync(this.path(path), text);
  }

  /** Texts of the journals of a workspace, oldest run first. */
  journals(folder: string): readonly string[] {
    const journal = `${folder}/.codegen-lab/journal`;
    if (!existsSync(this.path(journal))) return [];
    return readdirSync(this.path(journal))
      .toSorted()
      .map((name) => this.read(`${journal}/${name}`) ?? '');
  }

  /** Settings with the scripted model chosen. */
  settings(changed: Partial<EditorSettings> = {}): EditorSettings {
    const baseUrl = this.models.openaiUrl;
    const ai = { enabled: true, provider: 'ollama', model: 'scripted', baseUrl } as const;
    return { ...plainSettings, ai, ...changed };
  }

  serverOptions({ settings, trusted = true }: SessionOptions = {}): ServerOptions {
    return {
      storage: this.path('storage'),
      trusted,
      settings: this.settings(settings),
      extensionVersion: '0.0.0',
      builtinRules,
    };
  }

  /** The server and its client in this process, joined by a stream pair. */
  async startInProcess(options: SessionOptions = {}): Promise<LspSession> {
    const toServer = new PassThrough();
    const toClient = new PassThrough();
    const exits: number[] = [];
    const watchDog = {
      shutdownReceived: false,
      initialize: () => undefined,
      exit: (code: number) => void exits.push(code),
    };
    const connection = createConnection(
      () => createProtocolConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient)),
      watchDog,
      ProposedFeatures.all,
    );
    startServer(connection, (serverOptions, ports) =>
      composeEngine({ ...serverOptions, ...ports, interactive: true, environment: process.env }),
    );
    const client = new LspClient({
      ...options,
      reader: new StreamMessageReader(toClient),
      writer: new StreamMessageWriter(toServer),
    });
    this.#closing.push(async () => {
      // A second shutdown is refused, which is as good.
      await client.shutdown().catch(() => undefined);
      client.dispose();
      connection.dispose();
    });
    return { client, exits, errors: [], initialized: await this.#initialize(client, options) };
  }

  /** The server as the editor starts it: `server/main.ts` in a process of its own. */
  async startProcess(transport: 'ipc' | 'stdio', options: SessionOptions = {}): Promise<LspSession> {
    const { child, ends } = transport === 'ipc' ? startOverIpc() : startOverStdio(options.wrapper ?? []);
    const exits: number[] = [];
    child.on('exit', (code, signal) => exits.push(code ?? (signal === null ? -1 : -2)));
    const errors: string[] = [];
    child.stderr?.setEncoding('utf8').on('data', (text: string) => errors.push(text));
    const client = new LspClient({ ...options, ...ends });
    this.#closing.push(() => {
      child.kill('SIGKILL');
      client.dispose();
    });
    return { client, process: child, exits, errors, initialized: await this.#initialize(client, options) };
  }

  async dispose(): Promise<void> {
    for (const close of this.#closing.reverse()) await close();
    await this.models.close();
    rmSync(this.#home, { recursive: true, force: true });
  }

  async #initialize(client: LspClient, options: SessionOptions): Promise<InitializeResult> {
    const folders = options.folders ?? ['workspace'];
    const initialized = await client.start({
      options: options.options ?? this.serverOptions(options),
      folders: folders.map((name) => this.uri(name)),
      processId: options.processId ?? null,
      ...(options.capabilities ? { capabilities: options.capabilities } : {}),
    });
    await client.until('the first view', () => client.view);
    return initialized;
  }
}

interface Started {
  readonly child: ChildProcess;
  readonly ends: Pick<LspClientOptions, 'reader' | 'writer'>;
}

function startOverIpc(): Started {
  const child = fork(main, ['--node-ipc'], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  return { child, ends: { reader: new IPCMessageReader(child), writer: new IPCMessageWriter(child) } };
}

function startOverStdio(wrapper: readonly string[]): Started {
  const [program = '', ...args]: readonly string[] = [...wrapper, process.execPath, main, '--stdio'];
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  return {
    child,
    ends: { reader: new StreamMessageReader(child.stdout), writer: new StreamMessageWriter(child.stdin) },
  };
}
