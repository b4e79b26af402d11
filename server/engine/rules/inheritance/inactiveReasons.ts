import type { Rule, RuleProblem } from '../rule.ts';

/** Why a rule with these problems is not active, as it goes on after "because"; undefined when none of them is an error. */
export function findFault(problems: readonly RuleProblem[]): string | undefined {
  const error = problems.find((problem) => problem.severity === 'error');
  return error === undefined
    ? undefined
    : `it has an error (${error.code}): ${error.message.replace(/\.$/, '')}`;
}

/** What a rule says of itself; neither is inherited. */
export function findSwitchedOff({
  enabled = true,
  abstract = false,
}: {
  readonly enabled?: boolean;
  readonly abstract?: boolean;
}): string | undefined {
  if (!enabled) return 'it is switched off by `enabled: false`';
  return abstract ? 'it is abstract: it is there to be extended and never fires' : undefined;
}

export interface Standing {
  /** The effective rule. */
  readonly rule: Rule;
  /** Faults of its parents; undefined when it has none. */
  readonly foundation:
    | { readonly fault: string | undefined; readonly referenceFault: string | undefined }
    | undefined;
  /** Of its own references. */
  readonly problems: readonly RuleProblem[];
}

/**
 * Whether an effective rule is active. A parent with an error in its own text bars it. A reference that could not be
 * resolved, its own or a parent's, keeps it from acting, since it might act more widely than meant; what only guides
 * stands on what resolved.
 */
export function settleEffective(standing: Standing): Rule {
  const { rule } = standing;
  const reason = findInactiveReason(standing);
  if (reason !== undefined) return { ...rule, active: false, inactiveReason: reason };
  if (rule.active && rule.inactiveReason === undefined) return rule;
  const { inactiveReason: _ofItsFile, ...rest } = rule;
  return { ...rest, active: true };
}

function findInactiveReason({ rule, foundation, problems }: Standing): string | undefined {
  const barred = rule.fault ?? foundation?.fault;
  if (barred !== undefined) return barred;
  const acts = rule.form === 'block' || rule.on.length > 0 || rule.actions.length > 0;
  const unresolved = acts ? (findFault(problems) ?? foundation?.referenceFault) : undefined;
  return unresolved ?? findSwitchedOff(rule);
}

/** The fault of the nearest parent that has one, as all that inherit from it say it. */
export function findParentFault(
  parents: readonly Rule[],
  faultOf: (parent: Rule) => string | undefined,
): string | undefined {
  for (const parent of parents) {
    const fault = faultOf(parent);
    if (fault !== undefined)
      return `its parent “${parent.name}” cannot be relied on: ${fault.replace(/^it /, 'that one ')}`;
  }
  return undefined;
}
