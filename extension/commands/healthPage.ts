import * as vscode from 'vscode';
import type { describeIssue, examineHealth } from '../../server/protocol/health.ts';
import { countRestarts } from '../server/explainRestart.ts';
import { renderHealthPage } from '../views/renderHealthPage.ts';
import type { Host } from './command.ts';

/** Asks the server about each open folder. A server that cannot answer is what the page is about then. */
export async function askForHealth(
  { context, server, output }: Host,
  title: string,
  request: typeof describeIssue | typeof examineHealth,
): Promise<string> {
  const ask = (_: unknown, token: vscode.CancellationToken) => server.request(request, {}, token);
  const location = vscode.ProgressLocation.Notification;
  let folders: Awaited<ReturnType<typeof ask>> = [];
  let problem: string | undefined;
  try {
    folders = await vscode.window.withProgress({ location, title, cancellable: true }, ask);
  } catch (error) {
    problem = error instanceof Error ? error.message : String(error);
    output.warn(`The health of the installation cannot be told: ${problem}`);
  }
  const { version } = context.extension.packageJSON as { readonly version: string };
  const restarts = countRestarts(server.restarts);
  return renderHealthPage(folders, {
    editor: `${vscode.env.appName} ${vscode.version}`,
    version,
    server: server.state,
    ...(restarts === undefined ? {} : { restarts }),
    ...(problem === undefined ? {} : { problem }),
  });
}
