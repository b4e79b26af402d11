import * as vscode from 'vscode';
import { explainRules as request, listAllRules, type ExplainedRule } from '../../server/protocol/requests.ts';
import { fileUri } from '../folderUri.ts';
import { explainedItems, moments, type ExplainedItem, type Moment } from '../rules/explainedItems.ts';
import type { Command, Host } from './command.ts';
import { resourceOf } from './pickTarget.ts';

type Item = vscode.QuickPickItem & { readonly explained?: ExplainedItem; readonly asksMoment?: true };

/** Says of every rule why it fires on the file in front or why not, and opens the place that decided. */
export const explainRules: Command<'codegenLab.explainRules'> = {
  id: 'codegenLab.explainRules',
  needsTrust: false,
  async run(host, argument) {
    const named = typeof argument?.uri === 'string' ? vscode.Uri.parse(argument.uri) : undefined;
    const uri = named ?? resourceOf(argument) ?? host.lastSource.uri;
    if (!uri) throw new Error('open the file on which no rule fired, then ask again.');
    let [moment] = moments;
    while (moment) {
      const chosen = await pickRule(host, uri, moment);
      if (!chosen) return;
      if (chosen.explained) return reveal(host, uri, chosen.explained.rule);
      moment = await pickMoment(uri);
    }
  },
};

async function pickRule(
  host: Host,
  uri: vscode.Uri,
  { label, on, origin }: Moment,
): Promise<Item | undefined> {
  const explained = await host.server.request(request, { uri: uri.toString(), on, origin });
  const items = explainedItems(explained).map((each) => ({ ...each, explained: each }));
  const other: Item = { label: '$(zap) Another moment…', alwaysShow: true, asksMoment: true };
  return vscode.window.showQuickPick<Item>([...items, other], {
    title: `What Rules Do With ${vscode.workspace.asRelativePath(uri)} ${label}`,
    placeHolder: items.length === 0 ? 'There are no rules here' : 'Choose a rule to see what decided',
    matchOnDescription: true,
    matchOnDetail: true,
  });
}

async function pickMoment(uri: vscode.Uri): Promise<Moment | undefined> {
  const title = `Why Did No Rule Fire on ${vscode.workspace.asRelativePath(uri)}`;
  return vscode.window.showQuickPick(moments, { title, placeHolder: 'When?' });
}

/** What nothing in a rule decided is shown at the rule itself. */
async function reveal(host: Host, file: vscode.Uri, { ruleId, fires }: ExplainedRule): Promise<void> {
  if (fires.place) {
    const { start, end } = fires.place.range;
    const selection = new vscode.Range(start.line, start.character, end.line, end.character);
    await vscode.window.showTextDocument(vscode.Uri.parse(fires.place.uri), { selection });
    return;
  }
  const folder = vscode.workspace.getWorkspaceFolder(file);
  const rule = (await host.server.request(listAllRules, {})).find(
    (each) =>
      each.ruleId === ruleId &&
      (folder === undefined ||
        fileUri(each.folder, '').toString() === fileUri(folder.uri.fsPath, '').toString()),
  );
  if (rule) await vscode.commands.executeCommand('codegenLab.showRule', { uri: rule.uri, line: rule.line });
}
