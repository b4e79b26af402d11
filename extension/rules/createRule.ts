import * as vscode from 'vscode';
import { listRuleTemplates, type RuleTemplateText } from '../../server/protocol/requests.ts';
import type { Host } from '../commands/command.ts';
import { draftsFolder, faultOfRuleName, rulesFolder } from './rulePlaces.ts';

/** Asks for a name and a template, makes the file, and puts the cursor where its author goes on. */
export async function createRule(host: Host, place: 'live' | 'draft'): Promise<void> {
  const folder = await pickFolder();
  const parent = folder && vscode.Uri.joinPath(folder.uri, place === 'live' ? rulesFolder : draftsFolder);
  const name = parent && (await askForName(parent, place));
  const template = name && (await pickTemplate(host, name));
  if (!parent || !name || !template) return;
  const uri = ruleUri(parent, name);
  const edit = new vscode.WorkspaceEdit();
  edit.createFile(uri, { contents: new TextEncoder().encode(template.text) });
  if (!(await vscode.workspace.applyEdit(edit)))
    throw new Error(`${vscode.workspace.asRelativePath(uri)} could not be made.`);
  const editor = await vscode.window.showTextDocument(uri);
  editor.selection = firstBlank(editor.document);
}

async function pickFolder(): Promise<vscode.WorkspaceFolder | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length > 1)
    return vscode.window.showWorkspaceFolderPick({ placeHolder: 'A rule for which folder?' });
  if (folders.length === 0)
    void vscode.window.showInformationMessage('Codegen Lab: open a folder first; rules live in it.');
  return folders[0];
}

async function askForName(parent: vscode.Uri, place: 'live' | 'draft'): Promise<string | undefined> {
  const where = place === 'live' ? rulesFolder : draftsFolder;
  const name = await vscode.window.showInputBox({
    title: place === 'live' ? 'New Rule' : 'New Draft Rule',
    prompt: `The name of the rule; its file will be ${where}/NAME.mdc`,
    placeHolder: 'write-tests',
    validateInput: async (value) => {
      const fault = faultOfRuleName(value.trim());
      if (fault !== undefined) return fault;
      return (await exists(ruleUri(parent, value.trim())))
        ? 'A rule of this name exists already.'
        : undefined;
    },
  });
  return name?.trim();
}

async function pickTemplate(host: Host, name: string): Promise<RuleTemplateText | undefined> {
  const templates = await host.server.request(listRuleTemplates, { name });
  const items = templates.map((template) => ({
    label: `$(${icons[template.id] ?? 'book'}) ${template.id.slice(0, 1).toUpperCase()}${template.id.slice(1)}`,
    detail: template.detail,
    template,
  }));
  const options = { title: 'New Rule', placeHolder: `${name} is a rule that …`, matchOnDetail: true };
  return (await vscode.window.showQuickPick(items, options))?.template;
}

/** As in the view of the rules. */
const icons: Readonly<Record<string, string>> = {
  files: 'files',
  always: 'globe',
  agent: 'comment-discussion',
  manual: 'mention',
  check: 'zap',
  tests: 'beaker',
  base: 'symbol-interface',
};

function ruleUri(parent: vscode.Uri, name: string): vscode.Uri {
  return vscode.Uri.joinPath(parent, `${name.replace(/\.mdc$/, '')}.mdc`);
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}

/** The description if the template has one, else the last line with text. */
function firstBlank(document: vscode.TextDocument): vscode.Selection {
  const text = document.getText();
  const description = /^description: (.*)$/m.exec(text);
  const start =
    description === null ? text.trimEnd().lastIndexOf('\n') + 1 : description.index + 'description: '.length;
  const end = description === null ? text.trimEnd().length : start + (description[1] ?? '').length;
  return new vscode.Selection(document.positionAt(start), document.positionAt(end));
}
