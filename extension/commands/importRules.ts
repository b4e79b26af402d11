import * as vscode from 'vscode';
import { findRuleImports, type RuleImport } from '../../server/protocol/requests.ts';
import { folderUri } from '../folderUri.ts';
import type { Command } from './command.ts';

/** Brings the rule files of other tools over. What would be written is shown first, file by file, and none is overwritten. */
export const importRules: Command<'codegenLab.importRules'> = {
  id: 'codegenLab.importRules',
  needsTrust: false,
  async run(host) {
    const offers = await host.server.request(findRuleImports, {});
    const items = offers.flatMap(toItems);
    if (items.length === 0) {
      const nothing = 'no rules of other tools are in the open folders, such as CLAUDE.md or AGENTS.md.';
      return void vscode.window.showInformationMessage(`Codegen Lab: ${nothing}`);
    }
    const chosen = await choose(items);
    const written = chosen.filter(({ exists }) => !exists);
    if (written.length === 0) return;
    const edit = new vscode.WorkspaceEdit();
    for (const { uri, text } of written)
      edit.createFile(uri, { contents: new TextEncoder().encode(text), overwrite: false });
    if (!(await vscode.workspace.applyEdit(edit))) throw new Error('the rules could not be written.');
    const [first] = written;
    if (first !== undefined) await vscode.window.showTextDocument(first.uri);
    const count = written.length === 1 ? 'One rule was' : `${written.length} rules were`;
    void vscode.window.showInformationMessage(
      `Codegen Lab: ${count} imported. The files of the other tools stay.`,
    );
  },
};

interface ImportItem extends vscode.QuickPickItem {
  readonly uri: vscode.Uri;
  readonly text: string;
  readonly exists: boolean;
}

const show: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('open-preview'),
  tooltip: 'Show What Would Be Written',
};

/** What is there already is shown and cannot be taken. */
function toItems({ folder, label, sources, files, losses }: RuleImport): readonly ImportItem[] {
  const lost = losses.map(({ rule, message }) => `${rule}: ${message}`).join(' ');
  return files.map(({ path, text, exists }) => ({
    label: path,
    description: exists ? 'is there already and stays' : `${label}: ${sources.join(', ')}`,
    ...(lost === '' ? {} : { detail: lost }),
    uri: vscode.Uri.joinPath(folderUri(folder), path),
    text,
    exists,
    buttons: [show],
  }));
}

const scheme = 'codegen-lab-import';

/** All that can be written is chosen at first; a button shows the text of one beside the list. */
async function choose(items: readonly ImportItem[]): Promise<readonly ImportItem[]> {
  const texts = new Map(items.map(({ uri, text }) => [uri.path, text]));
  const provider = vscode.workspace.registerTextDocumentContentProvider(scheme, {
    provideTextDocumentContent: ({ path }) => texts.get(path) ?? '',
  });
  const pick = vscode.window.createQuickPick<ImportItem>();
  pick.title = 'Import Rules of Other Tools';
  pick.placeholder = 'These rule files would be written. Take out what is not wanted.';
  pick.canSelectMany = true;
  pick.ignoreFocusOut = true;
  pick.items = items;
  pick.selectedItems = items.filter(({ exists }) => !exists);
  pick.onDidTriggerItemButton(({ item }) => {
    const shown = item.uri.with({ scheme, authority: '' });
    void vscode.window.showTextDocument(shown, { preview: true, preserveFocus: true });
  });
  try {
    return await new Promise((resolve) => {
      pick.onDidAccept(() => resolve(pick.selectedItems));
      pick.onDidHide(() => resolve([]));
      pick.show();
    });
  } finally {
    pick.dispose();
    provider.dispose();
  }
}
