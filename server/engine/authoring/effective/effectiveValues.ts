import type { Action, Condition, Filter, Rule } from '../../rules/rule.ts';

/** The values of a rule under the names of its keys, as its author would write them; what says nothing is left out. */
export function effectiveValues(rule: Rule): ReadonlyMap<string, unknown> {
  const values: Readonly<Record<string, unknown>> = {
    description: rule.description,
    globs: rule.globs.map(({ value }) => value),
    alwaysApply: rule.alwaysApply,
    on: rule.on.map(({ value }) => value),
    origin: rule.origin,
    skip: rule.skipTrivial ? 'trivial' : undefined,
    filters: rule.filters.map(filterValues),
    actions: rule.actions.map(actionValues),
    priority: rule.priority,
    model: rule.model,
    budget: rule.budget,
    approval: rule.approval,
    version: rule.version,
    metadata: rule.metadata,
  };
  return new Map(Object.entries(values).filter(([, value]) => isTelling(value)));
}

function filterValues({ id, type, pattern, negate, flags }: Filter): unknown {
  const options = telling({ negate, flags });
  return telling({ id, type, pattern, options });
}

function actionValues(action: Action): unknown {
  const { id, type, message, target, severity, model, approval, context } = action;
  const conditions = action.conditions.map(conditionValues);
  return telling({ id, type, message, target, severity, model, approval, context, conditions });
}

function conditionValues(condition: Condition): unknown {
  const { pattern, negativePattern, message, severity, explicit, must, negated } = condition;
  return telling({
    pattern,
    negative_pattern: negativePattern,
    message,
    target: condition.target === 'content' ? undefined : condition.target,
    must: explicit ? must : undefined,
    negated,
    severity,
    location: condition.pathPatterns,
  });
}

function telling(values: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => isTelling(value)));
}

function isTelling(value: unknown): boolean {
  if (value === undefined || value === null || value === '' || value === false || value === 0) return false;
  if (Array.isArray(value)) return value.length > 0;
  return typeof value !== 'object' || Object.keys(value).length > 0;
}
