import * as vscode from 'vscode';
import type { Command } from './command.ts';

/** Switches the rules of one workspace folder off, or on again; that is kept in the settings of the folder. */
export const toggleFolderRules: Command<'codegenLab.toggleFolderRules'> = {
  id: 'codegenLab.toggleFolderRules',
  needsTrust: false,
  async run() {
    const folder = await pickFolder();
    if (!folder) return;
    const settings = vscode.workspace.getConfiguration('codegenLab', folder.uri);
    const isOff = settings.inspect<boolean>('rules.enabled')?.workspaceFolderValue === false;
    // What the folder does not say, the person's own settings say.
    const value = isOff ? undefined : false;
    await settings.update('rules.enabled', value, vscode.ConfigurationTarget.WorkspaceFolder);
    void vscode.window.showInformationMessage(
      isOff
        ? `Codegen Lab: the rules of ${folder.name} fire again.`
        : `Codegen Lab: no rule of ${folder.name} fires any more. Checks stay live. The same command switches them on again.`,
    );
  },
};

async function pickFolder(): Promise<vscode.WorkspaceFolder | undefined> {
  const active = vscode.window.activeTextEditor?.document.uri;
  const own = active && vscode.workspace.getWorkspaceFolder(active);
  const [first, ...others] = vscode.workspace.workspaceFolders ?? [];
  return own ?? (others.length > 0 ? vscode.window.showWorkspaceFolderPick() : first);
}
