import * as vscode from 'vscode';
import type { CancellationToken } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { NotificationName, RequestName, ServerOptions } from '../../server/protocol/requests.ts';
import { CrashWindow } from './crashWindow.ts';
import { explainRestart, type ServerRestart } from './explainRestart.ts';
import { ServerWatch } from './serverWatch.ts';

/** `unresponsive`: it runs and gives no sign of life; if that goes on it is ended. `failed`: it was given up. */
export type ServerState = 'stopped' | 'starting' | 'running' | 'unresponsive' | 'failed';

export interface ServerSetup {
  readonly module: string;
  readonly output: vscode.LogOutputChannel;
  readonly initializationOptions: () => ServerOptions;
  /** How many runs are under way that the end of the server cuts short. */
  readonly busyRuns: () => number;
}

/** How many restarts are remembered. */
const mostRestarts = 20;

/** Of the JSON-RPC library: the connection closed while an answer was awaited. */
const pendingResponseRejected = -32097;

type Registration = (client: LanguageClient) => void;

/** The one way to the language server: starts it, keeps it running, and speaks the custom messages. */
export class ServerConnection implements vscode.Disposable {
  readonly #setup: ServerSetup;
  readonly #registrations: Registration[] = [];
  readonly #stateEmitter = new vscode.EventEmitter<ServerState>();
  readonly #crashes = new CrashWindow();
  readonly #watch: ServerWatch;
  readonly #restarts: ServerRestart[] = [];
  #started: Promise<LanguageClient> | undefined;
  #restarting: Promise<void> | undefined;
  #state: ServerState = 'stopped';
  /** Its first start is under way, whose failure is told by whoever waits for it. */
  #isLaunching = false;

  constructor(setup: ServerSetup) {
    this.#setup = setup;
    this.#watch = new ServerWatch({
      onPulse: (isSilent) => this.#followPulse(isSilent),
      onHung: (seconds) => this.#setup.output.error(`The server gave no sign of life for ${seconds} s.`),
      onFault: this.#log,
    });
  }

  readonly onDidChangeState: vscode.Event<ServerState> = (listener, thisArg, disposables) =>
    this.#stateEmitter.event(listener, thisArg, disposables);

  get state(): ServerState {
    return this.#state;
  }

  /** When it ended by itself or had to be ended, in this window, oldest first. */
  get restarts(): readonly ServerRestart[] {
    return this.#restarts;
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
    if (this.#state === 'stopped' || this.#state === 'failed') return;
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
    // One that hears nothing cannot be asked to end.
    await this.#watch.endIfSilent();
    await started?.then((client) => client.dispose()).catch(this.#log);
    this.#watch.stop();
    this.#setState('stopped');
  }

  dispose(): void {
    this.#watch.stop();
    this.#stateEmitter.dispose();
  }

  async #relaunch(): Promise<void> {
    this.#crashes.forget();
    await this.stop();
    await this.start();
  }

  async #launch(): Promise<LanguageClient> {
    this.#setState('starting');
    this.#isLaunching = true;
    try {
      const { createLanguageClient } = await import('./languageClient.ts');
      const client = createLanguageClient({ ...this.#setup, onDidCrash: () => this.#noteCrash() });
      for (const register of this.#registrations) register(client);
      client.onDidChangeState(({ newState }) => this.#followClient(newState));
      this.#watch.start(() => client.serverProcess);
      await client.start();
      this.#setState('running');
      return client;
    } catch (error) {
      this.#log(error);
      this.#giveUp('Codegen Lab could not start its language server.');
      throw error;
    } finally {
      this.#isLaunching = false;
    }
  }

  /** The client restarts a crashed server itself; this only follows what it says. */
  #followClient(state: number): void {
    const running = 2;
    const starting = 3;
    if (state === running) this.#setState('running');
    if (state === starting) this.#setState('starting');
  }

  #followPulse(isSilent: boolean): void {
    if (isSilent && this.#state === 'running') this.#setState('unresponsive');
    if (!isSilent && this.#state === 'unresponsive') this.#setState('running');
  }

  #noteCrash(): boolean {
    const restart: ServerRestart = {
      at: Date.now(),
      hungSeconds: this.#watch.endedAfterSeconds(),
      busyRuns: this.#setup.busyRuns(),
    };
    if (this.#restarts.push(restart) > mostRestarts) this.#restarts.shift();
    if (this.#isLaunching) return false;
    if (this.#crashes.record(restart.at)) {
      if (restart.hungSeconds !== undefined) this.#tell('warning', explainRestart(restart), 'Doctor');
      return true;
    }
    this.#giveUp('The language server of Codegen Lab stopped several times in a row. Your files are whole.');
    return false;
  }

  #giveUp(message: string): void {
    this.#started = undefined;
    this.#watch.stop();
    this.#setState('failed');
    this.#tell('error', message, 'Restart');
  }

  #tell(kind: 'warning' | 'error', message: string, offer: 'Doctor' | 'Restart'): void {
    const { showErrorMessage, showWarningMessage } = vscode.window;
    const show = kind === 'error' ? showErrorMessage : showWarningMessage;
    void show(message, offer, 'Show Log').then((choice) => {
      if (choice === 'Restart') return this.restart().catch(this.#log);
      if (choice === 'Doctor') return vscode.commands.executeCommand('codegenLab.doctor');
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
