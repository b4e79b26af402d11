import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  createMessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type MessageConnection,
  type PublishDiagnosticsParams,
} from 'vscode-languageserver/node';
import type { ApprovalView } from '../../protocol/approvals.ts';
import * as protocol from '../../protocol/requests.ts';
import { plainSettings } from '../sliceWorkspace.ts';
import { meterPipe, type LoopSample } from './loopMeter.ts';
import { isDenied } from './soakWorkspace.ts';

export interface SoakEditorOptions {
  /** The server's program. */
  readonly program: string;
  readonly root: string;
  readonly storage: string;
  readonly onDiagnostics: (params: PublishDiagnosticsParams) => void;
  readonly onSample: (sample: LoopSample) => void;
  /** What must not be: the server complains, or ends. */
  readonly onFault: (fault: string) => void;
}

/** An editor that remembers nothing, so that it can save for hours, with a real server process over standard streams. */
export class SoakEditor {
  readonly #options: SoakEditorOptions;
  readonly #child: ChildProcess;
  readonly #connection: MessageConnection;
  readonly #exit: Promise<number>;
  #approvals: readonly ApprovalView[] = [];
  #rules = 0;
  #isLeaving = false;

  constructor(options: SoakEditorOptions) {
    this.#options = options;
    const meter = new URL('loopMeter.ts', import.meta.url).href;
    const args = ['--import', meter, options.program, '--stdio'];
    const stdio = Array.from({ length: meterPipe + 1 }, () => 'pipe' as const);
    this.#child = spawn(process.execPath, args, { stdio });
    const { stdin, stdout, stderr } = this.#child;
    if (!stdin || !stdout || !stderr) throw new Error('The server process has no standard streams.');
    this.#connection = createMessageConnection(
      new StreamMessageReader(stdout),
      new StreamMessageWriter(stdin),
    );
    this.#exit = new Promise((resolve) => this.#child.once('exit', (code) => resolve(code ?? -1)));
    void this.#exit.then((code) => {
      if (!this.#isLeaving) options.onFault(`The server ended by itself, with ${code}.`);
    });
    stderr
      .setEncoding('utf8')
      .on('data', (text: string) => options.onFault(`The server wrote: ${text.trim()}`));
    this.#readSamples();
    this.#listen();
  }

  get process(): number {
    return this.#child.pid ?? 0;
  }

  /** Resolves when the rules are known and a person has said no to those that are to be denied. */
  async start(rules: number): Promise<void> {
    const { root, storage } = this.#options;
    const uri = pathToFileURL(root).href;
    const options: protocol.ServerOptions = {
      storage,
      trusted: true,
      settings: { ...plainSettings, ai: { enabled: true, provider: 'ollama', model: 'none', baseUrl: '' } },
      extensionVersion: '0.0.0',
      builtinRules: fileURLToPath(new URL('../../../rules', import.meta.url)),
    };
    await this.#connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri: null,
      workspaceFolders: [{ uri, name: 'soak' }],
      initializationOptions: options,
      capabilities: {
        workspace: { workspaceFolders: true, codeLens: { refreshSupport: true } },
        window: { workDoneProgress: true },
      },
    });
    await this.#connection.sendNotification('initialized', {});
    await until('the rules', () => this.#rules >= rules);
    const denied = (): readonly ApprovalView[] => this.#approvals.filter(({ ruleId }) => isDenied(ruleId));
    await until('rules to deny', () => denied().length > 0);
    const texts = denied().map(({ ruleId, ruleHash }) => ({ ruleId, ruleHash }));
    await this.#connection.sendRequest(protocol.approveRules.method, { folder: root, texts, allow: false });
  }

  uri(path: string): string {
    return pathToFileURL(join(this.#options.root, path)).href;
  }

  open(path: string, text: string): void {
    this.#tell('textDocument/didOpen', {
      textDocument: {
        uri: this.uri(path),
        languageId: path.endsWith('.mdc') ? 'mdc' : 'javascript',
        version: 1,
        text,
      },
    });
  }

  change(path: string, version: number, text: string): void {
    this.#tell('textDocument/didChange', {
      textDocument: { uri: this.uri(path), version },
      contentChanges: [{ text }],
    });
  }

  saved(path: string): void {
    const uri = this.uri(path);
    this.#tell('textDocument/didSave', { textDocument: { uri } });
    this.#tell(protocol.fileSaved.method, { uri, origin: 'user' });
    this.watched(path, 2);
  }

  close(path: string): void {
    this.#tell('textDocument/didClose', { textDocument: { uri: this.uri(path) } });
  }

  /** `type`: 1 created, 2 changed, 3 deleted. */
  watched(path: string, type: 1 | 2 | 3): void {
    this.#tell('workspace/didChangeWatchedFiles', { changes: [{ uri: this.uri(path), type }] });
  }

  request(method: string, params: unknown): Promise<unknown> {
    return this.#connection.sendRequest(method, params);
  }

  /** Ends the server as an editor does, or by force when it does not end. */
  async stop(): Promise<void> {
    this.#isLeaving = true;
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), 20_000);
    // A server that has gone answers nothing.
    await Promise.race([this.#connection.sendRequest('shutdown').catch(() => undefined), this.#exit]);
    await this.#connection.sendNotification('exit').catch(() => undefined);
    await this.#exit;
    clearTimeout(timer);
    this.#connection.dispose();
  }

  #tell(method: string, params: unknown): void {
    this.#connection.sendNotification(method, params).catch((error: unknown) => {
      this.#options.onFault(`${method} could not be sent: ${String(error)}`);
    });
  }

  #listen(): void {
    const { onDiagnostics, onFault } = this.#options;
    const connection = this.#connection;
    connection.onNotification('textDocument/publishDiagnostics', onDiagnostics);
    connection.onNotification(protocol.viewStateChanged.method, (view: { status: { rules: number } }) => {
      this.#rules = view.status.rules;
    });
    connection.onNotification(protocol.approvalsChanged.method, (approvals: readonly ApprovalView[]) => {
      this.#approvals = approvals;
    });
    connection.onNotification('window/logMessage', ({ type, message }: { type: number; message: string }) => {
      if (type <= warning) onFault(`The server says: ${message}`);
    });
    connection.onRequest(() => null);
    connection.onNotification(() => undefined);
    connection.onUnhandledProgress(() => undefined);
    connection.onError(() => undefined);
    connection.listen();
  }

  #readSamples(): void {
    const pipe = this.#child.stdio[meterPipe];
    if (!pipe || !('setEncoding' in pipe)) return;
    let rest = '';
    pipe.setEncoding('utf8').on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) this.#options.onSample(JSON.parse(line) as LoopSample);
    });
  }
}

/** A type of `window/logMessage`; what is less is worse. */
const warning = 2;

export async function until(what: string, isSo: () => boolean, patienceMs = 120_000): Promise<void> {
  const late = performance.now() + patienceMs;
  while (!isSo()) {
    if (performance.now() > late) throw new Error(`Never came: ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
