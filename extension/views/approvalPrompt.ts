import * as vscode from 'vscode';
import type { ApprovalView } from '../../server/protocol/approvals.ts';
import { approveRules, listAllRules, stopRun } from '../../server/protocol/requests.ts';
import { waitsForAnswer } from '../approvals/groupApprovals.ts';
import type { Host } from '../commands/command.ts';
import { describeApproval, describeChanges } from './questions.ts';

/**
 * Asks, once for each text of a rule, whether it may act: when a run waits for it, and when what it inherits has changed. Rules
 * that were allowed and have changed are asked about together.
 */
export function followApprovals(host: Host): vscode.Disposable {
  const asked = new Set<string>();
  const keyOf = ({ folder, ruleId, ruleHash }: ApprovalView): string => `${folder}\n${ruleId}\n${ruleHash}`;
  const isNew = (approval: ApprovalView): boolean => waitsForAnswer(approval) && !asked.has(keyOf(approval));
  const follow = (list: readonly ApprovalView[]): void => {
    // Who is writing a rule is not asked at each save: it asks when it is to act.
    const calls = list.some(
      (each) => isNew(each) && (each.run !== undefined || each.changed === 'inherited'),
    );
    if (!calls || !vscode.workspace.isTrusted) return;
    const questions = list.filter(isNew);
    for (const each of questions) asked.add(keyOf(each));
    const changed = questions.filter((each) => each.changed !== undefined);
    // What a rule may do that was never allowed is said of each alone.
    const others = questions.filter((each) => each.changed === undefined).map((each) => [each]);
    for (const together of [changed, ...others])
      askForApproval(host, together).catch((error: unknown) => host.output.error(String(error)));
  };
  follow(host.approvals.list);
  return host.approvals.onDidChange(follow);
}

/** A message that leaves the person's hands free; closing it leaves the rules waiting. */
export async function askForApproval(host: Host, approvals: readonly ApprovalView[]): Promise<void> {
  const [only, ...others] = approvals;
  if (!only) return;
  const allow = others.length > 0 ? `Allow All ${approvals.length}` : 'Allow This Rule';
  const show = approvals.every(({ changed }) => changed === undefined) ? 'Show Rule' : 'Show What Changed';
  const later = 'Not Now';
  const text = others.length > 0 ? describeChanges(approvals) : describeOne(host, only);
  const choice = await vscode.window.showInformationMessage(text, allow, show, later);
  if (choice === allow) await allowAll(host, approvals);
  // No is not kept for ever: the runs end, and the rules may be allowed another time.
  if (choice === later)
    for (const { run } of approvals) if (run !== undefined) await host.server.request(stopRun, { run });
  if (choice !== show) return;
  await (show === 'Show Rule' ? showRule(host, only) : host.approvalTexts.show(approvals));
  const still = approvals.flatMap(({ folder, ruleId }) => host.approvals.find(folder, ruleId) ?? []);
  await askForApproval(
    host,
    still.filter(({ state }) => state === 'asks' || state === 'denied'),
  );
}

function describeOne(host: Host, approval: ApprovalView): string {
  const run = approval.run === undefined ? undefined : host.views.findRun(approval.run);
  return describeApproval(approval, run, host.views.state?.status.model);
}

async function allowAll(host: Host, approvals: readonly ApprovalView[]): Promise<void> {
  for (const folder of new Set(approvals.map((each) => each.folder))) {
    const own = approvals.filter((each) => each.folder === folder);
    const texts = own.map(({ ruleId, ruleHash }) => ({ ruleId, ruleHash }));
    await host.server.request(approveRules, { folder, texts, allow: true });
  }
}

async function showRule(host: Host, { folder, ruleId }: ApprovalView): Promise<void> {
  const rules = await host.server.request(listAllRules, {});
  const rule = rules.find((candidate) => candidate.ruleId === ruleId && candidate.folder === folder);
  if (rule) await vscode.commands.executeCommand('codegenLab.showRule', { uri: rule.uri, line: rule.line });
}
