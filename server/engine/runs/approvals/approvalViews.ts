import type { ApprovalView } from '../../../protocol/approvals.ts';
import type { RunView } from '../../../protocol/viewState.ts';
import type { Digest } from '../../ports/digest.ts';
import type { KeptApproval } from '../../ports/consent.ts';
import { describeRights } from '../../rules/approval/describeRights.ts';
import { ruleHash } from '../../rules/effectiveHash.ts';
import type { Rule } from '../../rules/rule.ts';
import { findUnavailable } from '../findUnavailable.ts';
import { isCheckAction } from '../../rules/modelActions.ts';

export interface ApprovalFacts {
  readonly root: string;
  /** Live rules with all that they inherit. */
  readonly rules: readonly Rule[];
  /** Text of a rule file by its path; undefined when it is not there. */
  readonly textOf: (path: string) => string | undefined;
  /** Oldest first. */
  readonly kept: readonly KeptApproval[];
  readonly runs: readonly RunView[];
  readonly digest: Digest;
}

/** Every rule that may act or was allowed to, in the order of the rules; rules that are gone come last. */
export function approvalViews(facts: ApprovalFacts): readonly ApprovalView[] {
  const acting = facts.rules.filter(actsOnApproval);
  const ids = new Set(acting.map(({ id }) => id));
  const gone = new Set(facts.kept.map(({ ruleId }) => ruleId).filter((id) => !ids.has(id)));
  return [
    ...acting.map((rule) => viewOf(facts, rule)),
    ...[...gone].flatMap((id) => goneView(facts, id) ?? []),
  ];
}

/** Whether the rule asks a model or runs a command, which takes an approval. */
function actsOnApproval({ active, actions }: Rule): boolean {
  return active && actions.some(({ type }) => !isCheckAction(type)) && findUnavailable(actions) === undefined;
}

/** What was approved last; undefined: nothing was. */
export function lastAllowed(kept: readonly KeptApproval[], ruleId: string): KeptApproval | undefined {
  return kept.findLast((each) => each.ruleId === ruleId && each.decision === 'allowed');
}

function viewOf({ root, kept, runs, digest, textOf }: ApprovalFacts, rule: Rule): ApprovalView {
  const hash = ruleHash(rule, digest);
  const known = kept.findLast((each) => each.ruleId === rule.id && each.ruleHash === hash);
  const last = lastAllowed(kept, rule.id);
  const run = runs.find(
    (each) =>
      each.waitingOn === 'approval' &&
      each.folder === root &&
      each.ruleId === rule.id &&
      each.ruleHash === hash,
  );
  const at = known?.decision === 'allowed' ? known.at : last?.at;
  return {
    folder: root,
    ruleId: rule.id,
    name: rule.name,
    ruleHash: hash,
    state: known?.decision ?? 'asks',
    ...(at === undefined ? {} : { approvedAt: at }),
    ...(known === undefined && last !== undefined
      ? { changed: last.fileHash === fileHashOf(rule, textOf, digest) ? 'inherited' : 'itself' }
      : {}),
    may: describeRights(rule),
    ...(run === undefined ? {} : { run: run.run }),
  };
}

/** Identifies the rule's own file. */
export function fileHashOf({ path }: Rule, textOf: ApprovalFacts['textOf'], digest: Digest): string {
  return digest(textOf(path) ?? '');
}

function goneView({ root, kept }: ApprovalFacts, ruleId: string): ApprovalView | undefined {
  const last = lastAllowed(kept, ruleId);
  if (last === undefined) return undefined;
  const name = ruleId.replace(/^.*[/:]/, '').replace(/\.mdc(\.md)?(?=#|$)/, '');
  return { folder: root, ruleId, name, ruleHash: '', state: 'gone', approvedAt: last.at, may: [] };
}
