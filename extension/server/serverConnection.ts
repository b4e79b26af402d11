import * as vscode from 'vscode';
import type { CancellationToken } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { NotificationName, RequestName, ServerOptions } from '../../server/protocol/requests.ts';
import { CrashWindow } from './crashWindow.ts';

export type ServerState = 'stopped' | 'starting' | 'running' | 'failed';

export interface ServerSetup {
  readonly module: string;
  readonly output: vscode.LogOutputChannel;
  readonly initializationOptions: () => ServerOptions;
}

/** Of the JSON-RPC library: the connection closed while an answer was awaited. */
const pendingResponseRejected = -32097;

type Registration = (client: LanguageClient) => void;

/** The one way to the language server: starts it, keeps it running, and speaks the custom messages. */
export class ServerConnection implements vscode.Disposable {
  readonly #setup: ServerSetup;
  readonly #registrations: Registration[] = [];
  readonly #stateEmitter = new vscode.EventEmitter<ServerState>();
  readonly #crashes = new CrashWindow();
  #started: Promise<LanguageClient> | undefined;
  #restarting: Promise<void> | undefined;
  #state: ServerState = 'stopped';

  constructor(setup: ServerSetup) {
    this.#setup = setup;
  }

  readonly onDidChangeState: vscode.Event<ServerState> = (listener, thisArg, disposables) =>
    this.#stateEmitter.event(listener, thisArg, disposables);

  get state(): ServerState {
    return this.#state;
  }

  /** Handlers are given before `start` and hold for every server that follows. */
  onNotification<Params>(name: NotificationName<Params>, handler: (params: Params) => void): void {
    this.#registrations.push((client) => void client.onNotification(name.method, handler));
  }

  /** The same for requests of the server. */
  onRequest<Params, Result>(
    name: RequestName<Params, Result>,
    handler: (params: Params, token: CancellationToken) => Promise<Result>,
  ): void {
    // The library leaves the result of a request by name to its caller.
    this.#registrations.push((client) => void client.onRequest<unknown, void>(name.method, handler));
  }

  /** Starts the server if it does not run. A failure is shown with a way out, and rejects. */
  start(): Promise<void> {
    this.#started ??= this.#launch();
    return this.#started.then(() => undefined);
  }

  /** Rejects when the server cannot be reached; callers show that to the person who asked. */
  async request<Params, Result>(
    name: RequestName<Params, Result>,
    params: NoInfer<Params>,
    token?: CancellationToken,
  ): Promise<Result> {
    const client = await (this.#started ??= this.#launch());
    try {
      // A token that is there but undefined would count as one more parameter.
      return await (token
        ? client.sendRequest<Result>(name.method, params, token)
        : client.sendRequest<Result>(name.method, params));
    } catch (error) {
      if ((error as { readonly code?: unknown } | null)?.code !== pendingResponseRejected) throw error;
      throw new Error('the language server stopped before it answered. Try again.', { cause: error });
    }
  }

  /** Waits for a server that is starting. Lost when none runs: the next start sends the whole state anyway. */
  notify<Params>(name: NotificationName<Params>, params: NoInfer<Params>): void {
    if (this.#state !== 'running' && this.#state !== 'starting') return;
    void this.#started?.then((client) => client.sendNotification(name.method, params)).catch(this.#log);
  }

  /** Callers during a restart share it. */
  restart(): Promise<void> {
    this.#restarting ??= this.#relaunch().finally(() => {
      this.#restarting = undefined;
    });
    return this.#restarting;
  }

  async stop(): Promise<void> {
    const started = this.#started;
    this.#started = undefined;
    await started?.then((client) => client.dispose()).catch(this.#log);
    this.#setState('stopped');
  }

  dispose(): void {
    this.#stateEmitter.dispose();
  }

  async #relaunch(): Promise<void> {
    this.#crashes.forget();
    await this.stop();
    await this.start();
  }

  async #launch(): Promise<LanguageClient> {
    this.#setState('starting');
    try {
      const { createLanguageClient } = await import('./languageClient.ts');
      const client = createLanguageClient({ ...this.#setup, onDidCrash: () => this.#noteCrash() });
      for (const register of this.#registrations) register(client);
      client.onDidChangeState(({ newState }) => this.#followClient(newState));
      await client.start();
      this.#setState('running');
      return client;
    } catch (error) {
      this.#log(error);
      this.#giveUp('Codegen Lab could not start its language server.');
      throw error;
    }
  }

  /** The client restarts a crashed server itself; this only follows what it says. */
  #followClient(state: number): void {
    const running = 2;
    const starting = 3;
    if (state === running) this.#setState('running');
    if (state === starting) this.#setState('starting');
  }

  #noteCrash(): boolean {
    if (this.#crashes.record(Date.now())) return true;
    this.#giveUp('The language server of Codegen Lab stopped several times in a row. Your files are whole.');
    return false;
  }

  #giveUp(message: string): void {
    this.#started = undefined;
    this.#setState('failed');
    void vscode.window.showErrorMessage(message, 'Restart', 'Show Log').then((choice) => {
      if (choice === 'Restart') return this.restart().catch(this.#log);
      if (choice === 'Show Log') this.#setup.output.show();
      return undefined;
    });
  }

  #setState(state: ServerState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#stateEmitter.fire(state);
  }

  readonly #log = (error: unknown): void => {
    this.#setup.output.error(error instanceof Error ? error.message : String(error));
  };
}
