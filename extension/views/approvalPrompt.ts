import * as vscode from 'vscode';
import { approveRule, listRules, stopRun } from '../../server/protocol/requests.ts';
import type { RunView } from '../../server/protocol/viewState.ts';
import type { Host } from '../commands/command.ts';
import { describeApproval } from './questions.ts';
import { followWaitingRuns } from './waitingRuns.ts';

/** Asks, once for each text of a rule, whether it may act. */
export function followApprovals(host: Host): vscode.Disposable {
  return followWaitingRuns(host.views, {
    on: 'approval',
    key: (run) => `${run.folder}\n${run.ruleId}\n${run.ruleHash}`,
    ask: (run) => askForApproval(host, run),
    onError: (error) => host.output.error(String(error)),
  });
}

/** A message that leaves the person's hands free; closing it leaves the run waiting. */
export async function askForApproval(host: Host, run: RunView): Promise<void> {
  const allow = 'Allow This Rule';
  const show = 'Show Rule';
  const later = 'Not Now';
  const model = host.views.state?.status.model;
  const choice = await vscode.window.showInformationMessage(describeApproval(run, model), allow, show, later);
  if (choice === allow) await answer(host, run);
  // No is not kept for ever: the run ends, and the rule may be allowed another time.
  if (choice === later) await host.server.request(stopRun, { run: run.run });
  if (choice !== show) return;
  await showRule(host, run);
  if (host.views.findRun(run.run)?.waitingOn === 'approval') await askForApproval(host, run);
}

async function answer(host: Host, { folder, ruleId, ruleHash }: RunView): Promise<void> {
  const { ok, message } = await host.server.request(approveRule, { folder, ruleId, ruleHash, allow: true });
  if (!ok) void vscode.window.showWarningMessage(`Codegen Lab: ${message}`);
}

async function showRule(host: Host, run: RunView): Promise<void> {
  const rules = await host.server.request(listRules, {});
  const rule = rules.find((candidate) => candidate.ruleId === run.ruleId && candidate.folder === run.folder);
  if (rule) await vscode.commands.executeCommand('codegenLab.showRule', { uri: rule.uri, line: rule.line });
}
