import * as vscode from 'vscode';
import { findMatchedFiles } from '../../server/protocol/requests.ts';
import type { Command } from './command.ts';
import { pickRuleTarget } from './pickRuleTarget.ts';

/** More would be no list that anybody reads. */
const limit = 5_000;

/** Lists the files that a rule is about, and opens the one that is chosen. */
export const showMatchedFiles: Command<'codegenLab.showMatchedFiles'> = {
  id: 'codegenLab.showMatchedFiles',
  needsTrust: false,
  async run(host, argument) {
    const rule = await pickRuleTarget(host, argument, 'Show the files of which rule?');
    if (!rule) return;
    const { folder, ruleId } = rule;
    const matched = await host.server.request(findMatchedFiles, { folder, ruleId, limit });
    if (matched === undefined) throw new Error('this rule is not known any more.');
    const items = matched.uris.map((text) => {
      const uri = vscode.Uri.parse(text);
      return { label: vscode.workspace.asRelativePath(uri), iconPath: vscode.ThemeIcon.File, uri };
    });
    const count = `${matched.more ? 'more than ' : ''}${items.length} ${items.length === 1 ? 'file' : 'files'}`;
    const placeHolder = items.length === 0 ? 'The rule is about no file here' : `The rule is about ${count}`;
    const chosen = await vscode.window.showQuickPick(items, { title: 'Files of a Rule', placeHolder });
    if (chosen) await vscode.window.showTextDocument(chosen.uri);
  },
};
