import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { resolveSettings } from '../../extension/settings.ts';
import type { ServerOptions } from '../../server/protocol/requests.ts';

export interface ServerPlace {
  /** The bundle, absolute. */
  readonly module: string;
  /** The workspace folder; undefined: no folder is open. */
  readonly folder?: string;
  /** Of the user; a folder that may be empty. */
  readonly storage: string;
  readonly builtinRules: string;
  /** Where compiled code is kept from one start to the next, as the extension has it; undefined: nowhere. */
  readonly codeCache?: string;
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
}

const limitMs = 60_000;
const endMs = 2_000;

/** A language server over node-ipc, as an editor starts it; only as much of the protocol as measuring needs. */
export class ServerProcess {
  readonly #child: ChildProcess;
  readonly #waiting = new Set<(message: Message) => void>();
  #printed = '';

  constructor({ module, codeCache }: ServerPlace) {
    const { NODE_COMPILE_CACHE: _, ...environment } = process.env;
    this.#child = fork(module, ['--node-ipc'], {
      execArgv: [],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: codeCache === undefined ? environment : { ...environment, NODE_COMPILE_CACHE: codeCache },
    });
    this.#child.on('message', (message) => {
      for (const take of [...this.#waiting]) take(message as Message);
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.on('data', (chunk: Buffer) => (this.#printed += chunk.toString()));
    }
  }

  get pid(): number {
    if (this.#child.pid === undefined) throw new Error('The server was not started.');
    return this.#child.pid;
  }

  /** Asks for initialization and waits for the answer. */
  async initialize(place: ServerPlace): Promise<void> {
    const answered = this.waitFor(({ id, method }) => id === 0 && method === undefined);
    this.#child.send({ jsonrpc: '2.0', id: 0, method: 'initialize', params: renderParams(place) });
    await answered;
  }

  notify(method: string, params: unknown): void {
    this.#child.send({ jsonrpc: '2.0', method, params });
  }

  /** Rejects with what the server printed when nothing such comes, or the server ends. */
  waitFor(isIt: (message: Message) => boolean): Promise<Message> {
    return new Promise((resolve, reject) => {
      const fail = (what: string) => {
        stop();
        reject(new Error(`${what}. It printed:\n${this.#printed}`));
      };
      const onClose = () => fail('The server ended');
      const timer = setTimeout(() => fail(`The server said nothing such in ${limitMs / 1000} s`), limitMs);
      const take = (message: Message) => {
        if (!isIt(message)) return;
        stop();
        resolve(message);
      };
      const stop = () => {
        clearTimeout(timer);
        this.#waiting.delete(take);
        this.#child.off('close', onClose);
      };
      this.#child.once('close', onClose);
      this.#waiting.add(take);
    });
  }

  /** Ends it as an editor does, and waits until it is gone: what comes next has the machine for itself. */
  async end(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const closed = new Promise((resolve) => this.#child.once('close', resolve));
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), endMs);
    this.#child.send({ jsonrpc: '2.0', id: 1, method: 'shutdown' });
    this.#child.send({ jsonrpc: '2.0', method: 'exit' });
    await closed;
    clearTimeout(timer);
  }
}

function renderParams({ folder, storage, builtinRules }: ServerPlace) {
  const initializationOptions: ServerOptions = {
    storage,
    trusted: true,
    settings: resolveSettings(() => undefined),
    extensionVersion: '0.0.0',
    builtinRules,
  };
  const folders = folder === undefined ? [] : [{ uri: pathToFileURL(folder).href, name: 'workspace' }];
  return {
    processId: process.pid,
    rootUri: null,
    capabilities: {},
    initializationOptions,
    workspaceFolders: folders,
  };
}

/** Where a server starts without a workspace. */
export function bareServer(root: string, module: string, scratch: string): ServerPlace {
  return { module, storage: join(scratch, 'storage'), builtinRules: join(root, 'rules') };
}
