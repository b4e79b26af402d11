import * as vscode from 'vscode';
import type { RuleGrouping } from '../rules/groupRules.ts';
import { readGrouping } from '../rules/grouping.ts';
import type { Command } from './command.ts';

const choices: readonly {
  readonly grouping: RuleGrouping;
  readonly label: string;
  readonly detail: string;
}[] = [
  { grouping: 'kind', label: 'By Kind', detail: 'Triggered, Always, Auto Attached, Agent Requested, Manual' },
  { grouping: 'folder', label: 'By Folder', detail: 'where the files of the rules lie' },
  {
    grouping: 'file',
    label: 'By Active File',
    detail: 'what applies to the file in front, and why the rest does not',
  },
];

/** Orders the view of the rules anew. */
export const groupRules: Command<'codegenLab.groupRules'> = {
  id: 'codegenLab.groupRules',
  needsTrust: false,
  async run(host) {
    const current = readGrouping(host.context);
    const items = choices.map((choice) => ({
      ...choice,
      ...(choice.grouping === current ? { description: 'as now' } : {}),
    }));
    const chosen = await vscode.window.showQuickPick(items, { placeHolder: 'Group the rules how?' });
    if (chosen) await host.grouping.choose(chosen.grouping);
  },
};
