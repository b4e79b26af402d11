import * as vscode from 'vscode';
import { listRules, type RuleSummary } from '../../server/protocol/requests.ts';
import { offerCommands } from '../views/offerCommands.ts';
import { kindName } from '../rules/groupRules.ts';
import type { Host } from './command.ts';

export interface RuleChoice {
  readonly placeHolder: string;
  readonly matches: (rule: RuleSummary) => boolean;
}

/** Lets the person choose a rule; those that fire come first. */
export async function pickRule(host: Host, choice: RuleChoice): Promise<RuleSummary | undefined> {
  const rules = (await host.server.request(listRules, {})).filter(choice.matches);
  if (rules.length === 0) {
    const buttons = [['New Rule', 'codegenLab.newRule']] as const;
    offerCommands({ message: 'there is no such rule here yet.', severity: 'information', buttons });
    return undefined;
  }
  const items = rules
    .toSorted((one, other) => Number(other.fires) - Number(one.fires) || one.name.localeCompare(other.name))
    .map((rule) => ({
      label: rule.name,
      description: rule.active ? kindName(rule) : 'not active',
      detail: rule.description,
      rule,
    }));
  const options = { placeHolder: choice.placeHolder, matchOnDescription: true, matchOnDetail: true };
  return (await vscode.window.showQuickPick(items, options))?.rule;
}
