import { askPerson, cancelled, refused, type RunEnd, type RunScope } from './runScope.ts';

/** Trust and the approval of exactly this text of the rule. undefined: the run may go on. */
export async function requireApproval(scope: RunScope): Promise<RunEnd | undefined> {
  const { deps, root, rule, ruleHash } = scope;
  if (!deps.consent.isTrusted(root)) {
    return refused(
      'trust.missing',
      'This workspace is not trusted, so no rule may ask a model or run code here. Trust it first.',
    );
  }
  const known = await deps.consent.approvalOf(root, rule.id, ruleHash);
  if (known === 'allowed') return undefined;
  if (known === 'denied')
    return refused('approval.denied', `You did not allow rule ${rule.name}. Allow it to let it run.`);
  return askForApproval(scope);
}

async function askForApproval(scope: RunScope): Promise<RunEnd | undefined> {
  const { deps, root, rule, ruleHash, recorder, signal } = scope;
  const changed = await deps.consent.wasAllowedBefore(root, rule.id);
  const message = changed
    ? `Rule ${rule.name} has changed since you allowed it.`
    : `Rule ${rule.name} wants to ask a model and run tests.`;
  if (!deps.interactive) return refused('approval.missing', `${message} Allow it with --trust.`);
  await recorder.record({ type: 'run.waiting', on: 'approval', message });
  const key = approvalKey(root, rule.id, ruleHash);
  const allowed = await askPerson(scope, () => deps.approvals.ask(key, signal));
  if (allowed === undefined) return cancelled;
  return allowed ? undefined : refused('approval.denied', `You did not allow rule ${rule.name}.`);
}

/** Names the question whether this text of a rule may act. */
export function approvalKey(root: string, ruleId: string, ruleHash: string): string {
  return `${root}\n${ruleId}\n${ruleHash}`;
}
