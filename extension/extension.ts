import * as vscode from 'vscode';
import {
  approvalsChanged,
  landEdits as landEditsRequest,
  logLevelChanged,
  readSecret,
  settingsChanged,
  trustChanged,
  viewStateChanged,
  type EditorSettings,
} from '../server/protocol/requests.ts';
import { debugTests as debugTestsRequest } from '../server/protocol/testRequests.ts';
import { ApprovalStore } from './approvals/approvalStore.ts';
import { ApprovalTexts } from './approvals/approvalTexts.ts';
import type { Host } from './commands/command.ts';
import { registerCommands } from './commands/registerCommands.ts';
import { landEdits } from './landing/landEdits.ts';
import { OwnSaves } from './landing/ownSaves.ts';
import { followKeys } from './models/followKeys.ts';
import { lendEditorModels } from './models/editorModels.ts';
import { LastSource, tellLastSource } from './lastSource.ts';
import { followDebugging } from './events/followDebugging.ts';
import { followProblems } from './events/followProblems.ts';
import { watchOpenedFiles } from './openedFiles.ts';
import { followProposals } from './proposals/proposalPrompt.ts';
import { PromptPreview } from './proposals/promptPreview.ts';
import { ProposalViewer } from './proposals/proposalViewer.ts';
import { logRuns } from './runLog.ts';
import { followDrops } from './rules/dropReferences.ts';
import { Grouping } from './rules/grouping.ts';
import { ReviewThreads } from './reviews/reviewThreads.ts';
import { RuleDocuments } from './rules/ruleDocuments.ts';
import { watchSaveOrigins } from './saveOrigins.ts';
import { ProviderKeys } from './secrets.ts';
import { lookEveryMs } from './server/heartbeat.ts';
import { toLogLevel } from './server/logLevel.ts';
import { ServerConnection } from './server/serverConnection.ts';
import { startWhenConcerned } from './server/startWhenConcerned.ts';
import { resolveSettings } from './settings.ts';
import { TestTerminal } from './terminal/testTerminal.ts';
import { debugTests } from './testing/debugTests.ts';
import { TestExplorer } from './testing/testExplorer.ts';
import { followApprovals } from './views/approvalPrompt.ts';
import { createApprovalsTree } from './views/approvalsTree.ts';
import { mirrorContextKeys } from './views/contextKeys.ts';
import { createRulesTree } from './views/rulesTree.ts';
import { createRunsTree } from './views/runsTree.ts';
import { createStatusItem } from './views/statusItem.ts';
import { followUnconfined } from './views/unconfinedPrompt.ts';
import { ViewStore } from './viewStore.ts';

let stopServer: (() => Promise<void>) | undefined;

/**
 * Returns at once. In every window there are the commands and the views, which wait; the rest comes with the server,
 * which starts in the background where there is something to do.
 */
export function activate(context: vscode.ExtensionContext): void {
  const host = createHost(context);
  const ownSaves = new OwnSaves();
  answerServer(host, ownSaves);
  const firstStart = host.server.onDidChangeState(() => {
    firstStart.dispose();
    context.subscriptions.push(...showWork(host, ownSaves));
  });
  context.subscriptions.push(
    host.output,
    host.views,
    host.approvals,
    host.approvalTexts,
    host.server,
    host.proposals,
    host.prompts,
    host.rules,
    host.grouping,
    host.lastSource,
    host.reviews,
    firstStart,
    registerCommands(host),
    createRunsTree(host),
    createRulesTree(host),
    createApprovalsTree(host),
    followDrops(host.server),
    followProblems(host.server),
    followDebugging(host.server),
    mirrorContextKeys(host.views),
  );
  stopServer = () => host.server.stop();
  setImmediate(() => context.subscriptions.push(startWhenConcerned(host.server)));
}

/** What shows and follows the work of a server. */
function showWork(host: Host, ownSaves: OwnSaves): readonly vscode.Disposable[] {
  const terminal = new TestTerminal(host.server);
  return [
    terminal,
    new TestExplorer(host, terminal),
    createStatusItem(host),
    logRuns(host.views, host.output),
    followApprovals(host),
    followUnconfined(host),
    followProposals(host),
    tellLastSource(host.lastSource, host.server),
    watchSaveOrigins(host.server, ownSaves),
    watchOpenedFiles(host.server),
    ...followEditor(host),
  ];
}

export async function deactivate(): Promise<void> {
  await stopServer?.();
}

function createHost(context: vscode.ExtensionContext): Host {
  const output = vscode.window.createOutputChannel('Codegen Lab', { log: true });
  const views = new ViewStore();
  const approvals = new ApprovalStore();
  const server = new ServerConnection({
    module: context.asAbsolutePath('dist/server.cjs'),
    output,
    initializationOptions: () => ({
      storage: context.globalStorageUri.fsPath,
      trusted: vscode.workspace.isTrusted,
      settings: readSettings(),
      extensionVersion: (context.extension.packageJSON as { readonly version: string }).version,
      builtinRules: context.asAbsolutePath('rules'),
      beatEveryMs: lookEveryMs,
      logLevel: toLogLevel(output.logLevel),
    }),
    busyRuns: () => views.state?.status.running ?? 0,
  });
  return {
    context,
    server,
    views,
    approvals,
    approvalTexts: new ApprovalTexts(server, approvals),
    output,
    keys: new ProviderKeys(context.secrets),
    proposals: new ProposalViewer(server, views),
    prompts: new PromptPreview(),
    rules: new RuleDocuments(server, views),
    grouping: new Grouping(context),
    lastSource: new LastSource(),
    reviews: new ReviewThreads(server, context.workspaceState),
  };
}

/** What the server asks of the editor. */
function answerServer({ server, views, approvals, keys }: Host, ownSaves: OwnSaves): void {
  server.onNotification(viewStateChanged, (state) => views.update(state));
  server.onNotification(approvalsChanged, (list) => approvals.update(list));
  server.onRequest(landEditsRequest, (params) => landEdits(params, ownSaves));
  server.onRequest(debugTestsRequest, debugTests);
  server.onRequest(readSecret, ({ name }) => keys.read(name));
  lendEditorModels(server);
  followKeys(server);
}

/** What the server must hear of the editor. */
function followEditor({ server, output }: Host): readonly vscode.Disposable[] {
  return [
    output.onDidChangeLogLevel((level) => server.notify(logLevelChanged, { level: toLogLevel(level) })),
    vscode.workspace.onDidChangeWorkspaceFolders(() => server.notify(settingsChanged, readSettings())),
    vscode.workspace.onDidGrantWorkspaceTrust(() => server.notify(trustChanged, { trusted: true })),
    vscode.workspace.onDidChangeConfiguration((event) => {
      const concerns = event.affectsConfiguration('codegenLab') || event.affectsConfiguration('http');
      if (concerns) server.notify(settingsChanged, readSettings());
    }),
  ];
}

function readSettings(): EditorSettings {
  const settings = vscode.workspace.getConfiguration();
  // The editor's own settings of the network may be written by a workspace too; only the person's count here.
  const folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => ({
    root: uri.fsPath,
    read: (name: string): unknown =>
      vscode.workspace.getConfiguration(undefined, uri).inspect<unknown>(name)?.workspaceFolderValue,
  }));
  return resolveSettings(
    (name) =>
      name.startsWith('http.') ? settings.inspect<unknown>(name)?.globalValue : settings.get<unknown>(name),
    folders,
  );
}
