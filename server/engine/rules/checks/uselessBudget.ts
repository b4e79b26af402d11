import { isModelAction } from '../modelActions.ts';
import type { RuleCheck } from './ruleCheck.ts';

/** `rule.useless-budget`: a budget of nothing, or one for a rule that asks no model. */
export const uselessBudget: RuleCheck = ({ rule }) => {
  const span = rule.written.get('budget');
  if (rule.form !== 'file' || span === undefined || span.start === span.end) return [];
  const asksModel = rule.actions.some(({ type }) => isModelAction(type));
  const empty = Object.entries(rule.budget).find(([, amount]) => amount === 0);
  if (asksModel && empty !== undefined) {
    const message = `With \`${empty[0]}: 0\` this rule may not ask a model at all: leave the key out for your own default.`;
    return [{ code: 'rule.useless-budget', severity: 'warning', message, span }];
  }
  const mayInherit = rule.extends.length > 0 || rule.abstract;
  if (asksModel || mayInherit) return [];
  const message = 'No action of this rule asks a model, so there is nothing to be spent.';
  return [{ code: 'rule.useless-budget', severity: 'hint', message, span }];
};
