import type { AuditBasis } from '../../protocol/audit.ts';
import { isEditingAction, isModelAction } from '../rules/modelActions.ts';
import type { Rule } from '../rules/rule.ts';
import { lastAllowed } from './approvals/approvalViews.ts';
import { findNobody } from './findNobody.ts';
import { ruleActor } from './ruleActor.ts';
import { askPerson, cancelled, refused, type RunEnd, type RunScope } from './runScope.ts';

/** Trust and the approval of exactly this text of the rule, as the audit log is told. undefined: the run may go on. */
export async function requireApproval(scope: RunScope): Promise<RunEnd | undefined> {
  const { deps, root, recorder, actions, file } = scope;
  const right = { kind: 'act', actions: actions.map(({ type }) => type), file } as const;
  const asked = { run: recorder.run, who: ruleActor(scope), right };
  const end = await findBar(scope);
  if (end === undefined) {
    const denied = await deps.rights.take(root, { ...asked, by: await basisOf(scope) });
    return denied && refused(denied.code, denied.message);
  }
  const by = end.code === 'trust.missing' ? 'trust' : 'approval';
  await deps.rights.note(root, { ...asked, decision: 'denied', by: { kind: by, detail: end.code } });
  return end;
}

/** An approval that is kept, or the word of this command line alone. */
async function basisOf({ deps, root, rule, ruleHash }: RunScope): Promise<AuditBasis> {
  const kept = await deps.consent.approvals(root);
  const isKept = kept.some((each) => each.ruleId === rule.id && each.ruleHash === ruleHash);
  return isKept ? { kind: 'approval' } : { kind: 'approval', detail: 'of this command line' };
}

async function findBar(scope: RunScope): Promise<RunEnd | undefined> {
  const { deps, root, rule, ruleHash } = scope;
  const { actions } = rule;
  if (!deps.consent.isTrusted(root)) {
    return refused(
      'trust.missing',
      'This workspace is not trusted, so no rule may ask a model or run code here. Trust it first.',
    );
  }
  const known = await deps.consent.approvalOf(root, rule.id, ruleHash);
  if (known === 'allowed')
    return actions.some(({ type }) => isEditingAction(type)) ? findNobody(scope) : undefined;
  if (known === 'denied')
    return refused('approval.denied', `You did not allow rule ${rule.name}. Allow it to let it run.`);
  return askForApproval(scope);
}

async function askForApproval(scope: RunScope): Promise<RunEnd | undefined> {
  const { deps, root, rule, ruleHash, recorder, signal } = scope;
  const changed = lastAllowed(await deps.consent.approvals(root), rule.id) !== undefined;
  const message = changed
    ? `Rule ${rule.name} has changed since you allowed it.`
    : `Rule ${rule.name} wants to ${describeWish(rule)}.`;
  if (!deps.interactive)
    return refused('approval.missing', `${message} Allow it with --trust, or with an approvals file.`);
  await recorder.record({ type: 'run.waiting', on: 'approval', message });
  await deps.rights.note(root, {
    run: recorder.run,
    who: ruleActor(scope),
    right: { kind: 'act', actions: scope.actions.map(({ type }) => type), file: scope.file },
    decision: 'asked',
    by: { kind: 'person' },
  });
  const key = approvalKey(root, rule.id, ruleHash);
  const allowed = await askPerson(scope, () => deps.approvals.ask(key, signal));
  if (allowed === undefined) return cancelled;
  return allowed ? undefined : refused('approval.denied', `You did not allow rule ${rule.name}.`);
}

/** In short; `describeRights` says it at length. */
function describeWish({ actions }: Rule): string {
  const asks = actions.some(({ type }) => isModelAction(type));
  const edits = actions.some(({ type }) => isEditingAction(type));
  const commands = actions.some(({ type }) => type === 'run' || type === 'task');
  const tests = actions.some(({ type }) => type === 'test') || (edits && !commands);
  return [asks && 'ask a model', commands && 'run commands', tests && 'run tests']
    .filter((part) => part !== false)
    .join(' and ');
}

/** Names the question whether this text of a rule may act. */
export function approvalKey(root: string, ruleId: string, ruleHash: string): string {
  return `${root}\n${ruleId}\n${ruleHash}`;
}
