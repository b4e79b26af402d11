import * as vscode from 'vscode';
import { runTests as runTestsRequest } from '../../server/protocol/requests.ts';
import type { CommandArguments } from '../../server/protocol/commands.ts';
import type { Command } from './command.ts';
import { resourceOf } from './pickTarget.ts';

type TestsArgument = NonNullable<CommandArguments['codegenLab.runTests']>;

/** Runs tests by name, or those of the file last worked on. */
export const runTests: Command<'codegenLab.runTests'> = {
  id: 'codegenLab.runTests',
  needsTrust: true,
  async run(host, argument) {
    const tests = Array.isArray(argument?.paths)
      ? argument
      : testsOf(resourceOf(argument) ?? host.lastSource.uri);
    if (!tests) {
      void vscode.window.showInformationMessage('Codegen Lab: open the file whose tests are to run.');
      return;
    }
    const started = await host.server.request(runTestsRequest, tests);
    if ('refused' in started) void vscode.window.showWarningMessage(`Codegen Lab: ${started.refused}`);
  },
};

function testsOf(uri: vscode.Uri | undefined): TestsArgument | undefined {
  const folder = uri && vscode.workspace.getWorkspaceFolder(uri);
  if (!uri || !folder) return undefined;
  return { folder: folder.uri.fsPath, paths: [vscode.workspace.asRelativePath(uri, false)], ids: [] };
}
