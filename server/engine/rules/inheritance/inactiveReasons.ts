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
  /** Nearest parents first. */
  readonly parents: readonly Rule[];
  /** Problems of the references of each of them, by id. */
  readonly problemsOf: (id: string) => readonly RuleProblem[];
  /** Of its own references. */
  readonly problems: readonly RuleProblem[];
}

/**
 * Whether an effective rule is active. A parent with an error in its own text bars it. A reference that could not be
 * resolved, its own or a parent's, keeps it from acting, since it might act more widely than meant; what only guides
 * stands on what resolved.
 */
export function settleEffective({ rule, parents, problemsOf, problems }: Standing): Rule {
  const barred = rule.fault ?? findParentFault(parents, ({ fault }) => fault);
  const acts = rule.form === 'block' || rule.on.length > 0 || rule.actions.length > 0;
  const unresolved = acts
    ? (findFault(problems) ?? findParentFault(parents, ({ id }) => findFault(problemsOf(id))))
    : undefined;
  const reason = barred ?? unresolved ?? findSwitchedOff(rule);
  const { active: _active, inactiveReason: _reason, ...rest } = rule;
  return reason === undefined
    ? { ...rest, active: true }
    : { ...rest, active: false, inactiveReason: reason };
}

function findParentFault(
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
