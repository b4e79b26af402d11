import { checkActionOrder } from './actionOrder.ts';
import type { RuleCheck } from './ruleCheck.ts';

/** The order of the actions of a rule that inherits none. */
export const ownActionOrder: RuleCheck = ({ rule }) =>
  rule.extends.length > 0 || rule.actions.length === 0 ? [] : checkActionOrder(rule.actions, rule.actions);
