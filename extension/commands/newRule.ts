import * as vscode from 'vscode';
import type { Command } from './command.ts';

const template = `---
description: \${1:What the rule is for}
globs: \${2:src/**/*.py}
on: save
actions:
  - type: generate_tests
    message: \${3:Write tests for what changed.}
---
# \${4:TITLE}

\${0:What the model must know.}
`;

/** Makes `.cursor/rules/NAME.mdc` and lets the person fill it in. */
export const newRule: Command<'codegenLab.newRule'> = {
  id: 'codegenLab.newRule',
  needsTrust: false,
  async run() {
    const folder = await pickFolder();
    const name = folder && (await askForName(folder));
    if (!folder || !name) return;
    const uri = ruleUri(folder, name);
    const edit = new vscode.WorkspaceEdit();
    edit.createFile(uri, { ignoreIfExists: true });
    await vscode.workspace.applyEdit(edit);
    const editor = await vscode.window.showTextDocument(uri);
    const title = name.replaceAll('-', ' ');
    await editor.insertSnippet(new vscode.SnippetString(template.replace('TITLE', title)));
  },
};

async function pickFolder(): Promise<vscode.WorkspaceFolder | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length > 1)
    return vscode.window.showWorkspaceFolderPick({ placeHolder: 'A rule for which folder?' });
  if (folders.length === 0)
    void vscode.window.showInformationMessage('Codegen Lab: open a folder first; rules live in it.');
  return folders[0];
}

async function askForName(folder: vscode.WorkspaceFolder): Promise<string | undefined> {
  const name = await vscode.window.showInputBox({
    title: 'New Rule',
    prompt: 'The name of the rule; its file will be .cursor/rules/NAME.mdc',
    placeHolder: 'write-tests',
    validateInput: async (value) => {
      if (!/^[\w][\w.-]*$/.test(value.trim()))
        return 'Letters, digits, dots, dashes and underscores, please.';
      return (await exists(ruleUri(folder, value.trim())))
        ? 'A rule of this name exists already.'
        : undefined;
    },
  });
  return name?.trim();
}

function ruleUri(folder: vscode.WorkspaceFolder, name: string): vscode.Uri {
  return vscode.Uri.joinPath(folder.uri, '.cursor', 'rules', `${name.replace(/\.mdc$/, '')}.mdc`);
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}
