import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  CancellationTokenSource,
  createMessageConnection,
  type ClientCapabilities,
  type CodeLens,
  type Diagnostic,
  type InitializeResult,
  type MessageReader,
  type MessageWriter,
  type PublishDiagnosticsParams,
} from 'vscode-languageserver/node';
import type { ApprovalView } from '../protocol/approvals.ts';
import type { ReviewFinding } from '../protocol/testDisplay.ts';
import { reviewsChanged } from '../protocol/testRequests.ts';
import type { LandParams, LandResult } from '../protocol/proposals.ts';
import * as protocol from '../protocol/requests.ts';
import type { RunView, ViewState } from '../protocol/viewState.ts';

export interface LspClientOptions {
  readonly reader: MessageReader;
  readonly writer: MessageWriter;
  /** Keys in the editor's vault, by provider. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** Answers instead of an editor that lands what was proposed. */
  readonly land?: (params: LandParams) => Promise<LandResult> | LandResult;
}

export interface StartParams {
  readonly options: protocol.ServerOptions;
  /** URIs; undefined: the editor has no folder open. */
  readonly folders?: readonly string[];
  /** Of the editor; null: the server watches nobody. */
  readonly processId?: number | null;
  /** What the editor can do beside what it always can. */
  readonly capabilities?: ClientCapabilities;
}

/** A message of the server, in order of arrival. */
export interface Received {
  readonly method: string;
  readonly params: unknown;
}

/** Less than a test may take, so that what was awaited is told. A busy machine needs its time. */
const patienceMs = 20_000;

/** The editor's side of the language server, as thin as the extension is: remembers what came, and answers. */
export class LspClient {
  readonly received: Received[] = [];
  readonly diagnostics = new Map<string, readonly Diagnostic[]>();
  readonly landings: LandParams[] = [];
  readonly askedSecrets: string[] = [];
  view: ViewState | undefined;
  approvals: readonly ApprovalView[] = [];
  reviews: readonly ReviewFinding[] = [];
  readonly #connection;
  readonly #options: LspClientOptions;
  readonly #texts = new Map<string, { version: number; text: string }>();
  readonly #watchers = new Set<() => void>();

  constructor(options: LspClientOptions) {
    this.#options = options;
    this.#connection = createMessageConnection(options.reader, options.writer);
    this.#connection.onNotification((method, params) => {
      this.#take({ method, params: Array.isArray(params) ? (params as readonly unknown[])[0] : params });
    });
    this.#answer();
    this.#connection.listen();
  }

  async start({
    options,
    folders,
    processId = null,
    capabilities = {},
  }: StartParams): Promise<InitializeResult> {
    const result = await this.#connection.sendRequest<InitializeResult>('initialize', {
      processId,
      rootUri: null,
      workspaceFolders: folders?.map((uri) => ({ uri, name: uri })) ?? null,
      initializationOptions: options,
      capabilities: {
        ...capabilities,
        workspace: { ...capabilities.workspace, workspaceFolders: true, codeLens: { refreshSupport: true } },
        window: { workDoneProgress: true },
      },
    });
    await this.#connection.sendNotification('initialized', {});
    return result;
  }

  request<Params, Result>(
    name: protocol.RequestName<Params, Result>,
    params: NoInfer<Params>,
  ): Promise<Result> {
    return this.#connection.sendRequest<Result>(name.method, params);
  }

  /** Sends the request and its cancellation right behind it. */
  async cancelled<Params, Result>(
    name: protocol.RequestName<Params, Result>,
    params: NoInfer<Params>,
  ): Promise<Result> {
    const source = new CancellationTokenSource();
    const asked = this.#connection.sendRequest<Result>(name.method, params, source.token);
    source.cancel();
    return asked;
  }

  notify<Params>(name: protocol.NotificationName<Params>, params: NoInfer<Params>): Promise<void> {
    return this.#connection.sendNotification(name.method, params);
  }

  /** Any message by its name: for what a well-behaved editor would not send. */
  raw(method: string, params?: unknown): Promise<unknown> {
    return this.#connection.sendRequest(method, params);
  }

  open(uri: string, text = readText(uri) ?? '', languageId = 'plaintext'): Promise<void> {
    this.#texts.set(uri, { version: 1, text });
    const textDocument = { uri, languageId, version: 1, text };
    return this.#connection.sendNotification('textDocument/didOpen', { textDocument });
  }

  /** Types: the buffer has another text now, the disk has not. */
  change(uri: string, text: string): Promise<void> {
    const known = this.#texts.get(uri);
    if (!known) throw new Error(`${uri} is not open.`);
    known.version += 1;
    known.text = text;
    const textDocument = { uri, version: known.version };
    return this.#connection.sendNotification('textDocument/didChange', {
      textDocument,
      contentChanges: [{ text }],
    });
  }

  close(uri: string): Promise<void> {
    this.#texts.delete(uri);
    return this.#connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  }

  /** Writes the buffer, or the given text, and tells of it as the extension does. */
  async save(
    uri: string,
    { text, origin = 'user' }: { text?: string; origin?: 'user' | 'auto' } = {},
  ): Promise<void> {
    const written = text ?? this.#texts.get(uri)?.text;
    if (text !== undefined && this.#texts.has(uri)) await this.change(uri, text);
    if (written !== undefined) writeText(uri, written);
    if (this.#texts.has(uri))
      await this.#connection.sendNotification('textDocument/didSave', { textDocument: { uri } });
    await this.notify(protocol.fileSaved, { uri, origin });
  }

  /** `type`: 1 created, 2 changed, 3 deleted. */
  watched(...changes: readonly { readonly uri: string; readonly type: 1 | 2 | 3 }[]): Promise<void> {
    return this.#connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
  }

  folders(change: {
    readonly added?: readonly string[];
    readonly removed?: readonly string[];
  }): Promise<void> {
    const toFolder = (uri: string) => ({ uri, name: uri });
    const event = {
      added: (change.added ?? []).map(toFolder),
      removed: (change.removed ?? []).map(toFolder),
    };
    return this.#connection.sendNotification('workspace/didChangeWorkspaceFolders', { event });
  }

  async lenses(uri: string): Promise<readonly CodeLens[]> {
    const params = { textDocument: { uri } };
    return (await this.#connection.sendRequest<CodeLens[] | null>('textDocument/codeLens', params)) ?? [];
  }

  /** Cancels a progress that the server shows. */
  cancelProgress(token: string | number): Promise<void> {
    return this.#connection.sendNotification('window/workDoneProgress/cancel', { token });
  }

  /** Everything the server wrote into the output channel. */
  log(): readonly string[] {
    return this.all<{ readonly message: string }>('window/logMessage').map(({ message }) => message);
  }

  /** Parameters of all messages of one kind so far. */
  all<Params>(method: string): readonly Params[] {
    return this.received.filter((message) => message.method === method).map(({ params }) => params as Params);
  }

  codes(uri: string): readonly (string | number | undefined)[] {
    return (this.diagnostics.get(uri) ?? []).map(({ code }) => code);
  }

  /** Waits until something is so; looks again and again. Rejects with what was awaited and what the server said. */
  until<Found>(what: string, find: () => Found | undefined | false): Promise<Found> {
    return new Promise((resolve, reject) => {
      const stop = (): void => {
        clearTimeout(timer);
        clearInterval(poll);
        this.#watchers.delete(look);
      };
      const timer = setTimeout(() => {
        stop();
        reject(new Error(`Never came: ${what}. ${this.#describe()}`));
      }, patienceMs);
      const look = (): void => {
        const found = find();
        if (found === undefined || found === false) return;
        stop();
        resolve(found);
      };
      // What a test waits for may also stand on the disk, or at the model's end.
      const poll = setInterval(look, 20);
      this.#watchers.add(look);
      look();
    });
  }

  untilRun(what: string, matches: (run: RunView) => boolean): Promise<RunView> {
    return this.until(what, () => this.view?.runs.find(matches));
  }

  async shutdown(): Promise<void> {
    await this.#connection.sendRequest('shutdown');
  }

  exit(): Promise<void> {
    return this.#connection.sendNotification('exit');
  }

  /** Lets go of the connection; nothing is sent to the server any more. */
  dispose(): void {
    this.#connection.end();
    this.#connection.dispose();
  }

  #answer(): void {
    const { secrets = {}, land } = this.#options;
    const connection = this.#connection;
    connection.onRequest<unknown, void>(protocol.landEdits.method, async (params: LandParams) => {
      this.landings.push(params);
      return land ? land(params) : this.#land(params);
    });
    connection.onRequest<unknown, void>(protocol.readSecret.method, ({ name }: { readonly name: string }) => {
      this.askedSecrets.push(name);
      const value = secrets[name];
      return value === undefined ? {} : { value };
    });
    connection.onRequest((method, params) => {
      this.#take({ method, params });
      return null;
    });
    connection.onError(() => undefined);
    connection.onUnhandledProgress((params) => this.#take({ method: '$/progress', params }));
  }

  #land({ files }: LandParams): LandResult {
    const current = (uri: string): string | undefined => this.#texts.get(uri)?.text ?? readText(uri);
    const stale = files.filter(({ uri, before }) => current(uri) !== before).map(({ uri }) => uri);
    if (stale.length > 0) return { kind: 'stale', uris: stale };
    for (const { uri, after } of files) if (after !== undefined) writeText(uri, after);
    return { kind: 'landed' };
  }

  #take(message: Received): void {
    this.received.push(message);
    if (message.method === protocol.viewStateChanged.method) this.view = message.params as ViewState;
    if (message.method === reviewsChanged.method) this.reviews = message.params as readonly ReviewFinding[];
    if (message.method === protocol.approvalsChanged.method)
      this.approvals = message.params as readonly ApprovalView[];
    if (message.method === 'textDocument/publishDiagnostics') {
      const { uri, diagnostics } = message.params as PublishDiagnosticsParams;
      this.diagnostics.set(uri, diagnostics);
    }
    for (const look of [...this.#watchers]) look();
  }

  #describe(): string {
    const runs = this.view?.runs.map(
      (run) => `${run.rule} on ${run.file}: ${run.phase} ${run.outcome ?? ''} ${run.message}`,
    );
    return [`Status: ${this.view?.status.message ?? 'none'}`, ...(runs ?? []), ...this.log()].join('\n');
  }
}

function readText(uri: string): string | undefined {
  if (!uri.startsWith('file:')) return undefined;
  const path = fileURLToPath(uri);
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

function writeText(uri: string, text: string): void {
  const path = fileURLToPath(uri);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
