import {
  ErrorCodes,
  ResponseError,
  TextDocumentSyncKind,
  TextDocuments,
  type ClientCapabilities,
  type Connection,
  type Disposable,
  type InitializeError,
  type InitializeParams,
  type InitializeResult,
  type ServerCapabilities,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { RunningEngine } from '../engine/engine.ts';
import type { Debugger } from '../engine/ports/debugger.ts';
import type { Edits } from '../engine/ports/edits.ts';
import type { Files } from '../engine/ports/files.ts';
import type { Log } from '../engine/ports/log.ts';
import type { ModelProvider } from '../engine/ports/models.ts';
import type { Secrets } from '../engine/ports/secrets.ts';
import type { Terminal } from '../engine/ports/terminal.ts';
import type { GuardedLog } from '../engine/safety/guardLog.ts';
import type { LogLevel } from '../protocol/logLevels.ts';
import {
  logLevelChanged,
  settingsChanged,
  sourceShown,
  trustChanged,
  type EditorSettings,
  type ServerOptions,
} from '../protocol/requests.ts';
import { answerAuthoring } from './authoring/answerAuthoring.ts';
import {
  authoringCapabilities,
  registerAuthoring,
  registersLater,
} from './authoring/authoringCapabilities.ts';
import { createConnectionLog } from './connectionLog.ts';
import { answerCodeLenses } from './codeLens/answerCodeLenses.ts';
import { answerHealth } from './answerHealth.ts';
import { answerModels, tellKeyRefused } from './answerModels.ts';
import { answerCustomRequests } from './customRequests.ts';
import { DiagnosticsPublisher } from './diagnostics.ts';
import { followFileOperations } from './events/followFileOperations.ts';
import { createEditorDebugger } from './editorDebugger.ts';
import { createEditorEdits } from './editorEdits.ts';
import { channelOf, createEditorModels } from './editorModels.ts';
import { createEditorSecrets } from './editorSecrets.ts';
import { createEditorTerminal } from './editorTerminal.ts';
import { Folders } from './folders.ts';
import { followDocuments } from './followDocuments.ts';
import { followProblems } from './events/followProblems.ts';
import { followFolders } from './followFolders.ts';
import { LastSource } from './lastSource.ts';
import { followTestProblems } from './testProblems.ts';
import { publishReviews } from './publishReviews.ts';
import { sendBeats } from './sendBeats.ts';
import { publishView } from './viewPublisher.ts';

/** What the editor offers to the engine. */
export interface EditorPorts {
  readonly edits: (files: Files) => Edits;
  readonly terminal: Terminal;
  readonly debugger: Debugger;
  readonly secrets: Secrets;
  readonly editorModels: ModelProvider;
  readonly onKeyRefused: (refusal: { readonly provider: string; readonly hadKey: boolean }) => void;
  readonly log: Log;
}

/**
 * Serves one editor over `connection`. The engine is made when the editor has said who it is; features are listed below, and
 * each lies in a file of its own.
 */
export function startServer(
  connection: Connection,
  createEngine: (options: ServerOptions, ports: EditorPorts) => RunningEngine,
): void {
  const documents = new TextDocuments(TextDocument);
  const folders = new Folders();
  const log = createConnectionLog(connection, 'trace');
  const editorModels = createEditorModels(channelOf(connection));
  let stop: (() => Promise<void>) | undefined;
  let stopBeats: (() => void) | undefined;

  connection.onInitialize((params: InitializeParams): InitializeResult => {
    if (stop !== undefined)
      throw new ResponseError(ErrorCodes.InvalidRequest, 'This server serves an editor already.');
    for (const folder of params.workspaceFolders ?? []) folders.add(folder.uri);
    const options = readOptions(params.initializationOptions);
    log.setLevel(options.logLevel ?? 'trace');
    if (options.beatEveryMs !== undefined) stopBeats = sendBeats(connection, options.beatEveryMs);
    const running: RunningEngine = createEngine(options, {
      edits: (files) => createEditorEdits({ connection, documents, folders, files }),
      terminal: createEditorTerminal(connection),
      debugger: createEditorDebugger(connection),
      secrets: createEditorSecrets(connection, log),
      editorModels,
      onKeyRefused: tellKeyRefused(connection, () => running.providers),
      log,
    });
    const { capabilities: client } = params;
    stop = wire({ connection, client, running, documents, folders, log });
    answerHealth({ connection, folders, log, health: running.health(options.extensionVersion) });
    return {
      serverInfo: { name: 'codegen-lab' },
      capabilities: { ...capabilities, ...authoringCapabilities(client) },
    };
  });
  connection.onNotification(logLevelChanged.method, ({ level }: { readonly level: LogLevel }) =>
    log.setLevel(level),
  );
  connection.onShutdown(async () => {
    await stop?.();
    stop = undefined;
    stopBeats?.();
  });
  documents.listen(connection);
  connection.listen();
}

/** Throws what the editor shows, when another client than ours starts this server. */
function readOptions(value: unknown): ServerOptions {
  const options = value as Partial<ServerOptions> | null | undefined;
  if (typeof options?.storage === 'string' && options.settings) return options as ServerOptions;
  throw new ResponseError<InitializeError>(
    ErrorCodes.InvalidParams,
    'The language server needs `storage` and `settings` in its initializationOptions: see ServerOptions.',
    { retry: false },
  );
}

const capabilities: ServerCapabilities = {
  textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
  codeLensProvider: {},
};

interface ServerParts {
  readonly connection: Connection;
  readonly client: ClientCapabilities;
  readonly running: RunningEngine;
  readonly documents: TextDocuments<TextDocument>;
  readonly folders: Folders;
  readonly log: GuardedLog;
}

/** Connects the features with the engine. Returns how to stop them all. */
function wire({ connection, client, running, documents, folders, log }: ServerParts): () => Promise<void> {
  const { engine } = running;
  const diagnostics = new DiagnosticsPublisher(connection);
  const lastSource = new LastSource();
  const parts = { connection, engine, documents, folders, diagnostics, log, lastSource };
  const lenses = answerCodeLenses(parts);
  answerCustomRequests(parts);
  const tellReviews = publishReviews(parts);
  const showTests = followTestProblems(parts);
  answerModels(connection, running);
  answerAuthoring(parts);
  const hints = client.workspace?.inlayHint?.refreshSupport === true;
  const onFilesChanged = (): void => {
    if (hints) connection.languages.inlayHint.refresh().catch(() => undefined);
  };
  const onRulesChanged = (): void => {
    openDocuments.checkOpenDocuments();
    onFilesChanged();
  };
  const openFolders = followFolders({ ...parts, onRulesChanged, onFilesChanged });
  const openDocuments = followDocuments({
    ...parts,
    reloadRules: (root, paths) => openFolders.reload(root, paths),
  });
  followFileOperations(parts);
  const tellProblemsWanted = followProblems(parts);
  let view: Disposable | undefined;
  connection.onInitialized(() => {
    if (view !== undefined) return;
    view = publishView(connection, engine, () => {
      showTests();
      for (const root of folders.roots())
        diagnostics.setFolder('commands', root, engine.actionFindings(root));
      tellReviews();
      lenses.refresh();
      tellProblemsWanted();
    });
    openFolders.start();
    if (registersLater(client))
      registerAuthoring(connection).catch((error: unknown) =>
        log.error(`The editor takes no help in rule files: ${String(error)}`),
      );
  });
  connection.onNotification(sourceShown.method, ({ uri }: { readonly uri: string }) => {
    lastSource.uri = uri;
    lenses.refresh();
  });
  connection.onNotification(settingsChanged.method, (settings: EditorSettings) => {
    running.configure(settings);
    openFolders.showProblems();
    openDocuments.checkOpenDocuments();
  });
  connection.onNotification(trustChanged.method, ({ trusted }: { readonly trusted: boolean }) =>
    running.setTrusted(trusted),
  );
  return async () => {
    openDocuments.stop();
    openFolders.stop();
    await engine.dispose();
    view?.dispose();
    lenses.dispose();
  };
}
