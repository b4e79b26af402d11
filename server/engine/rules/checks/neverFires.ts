import { isCommandAction, isModelAction } from '../modelActions.ts';
import type { RuleCheck } from './ruleCheck.ts';

/** `rule.never-fires`: actions that wait for an event, and no event. */
export const neverFires: RuleCheck = ({ rule }) => {
  const mayInherit = rule.extends.length > 0 || rule.abstract;
  if (rule.form !== 'file' || rule.on.length > 0 || mayInherit || !rule.active) return [];
  if (rule.filters.some(({ type }) => type === 'event' || type === 'message')) return [];
  const waiting = rule.actions.find(({ type }) => isModelAction(type) || isCommandAction(type));
  if (waiting === undefined) return [];
  const message = `\`${waiting.written}\` waits for an event, and the rule names none: write \`on: save\`, or \`on: manual\` if only you shall start it.`;
  const span = rule.written.get('on') ?? waiting.fields.get('type') ?? waiting.span;
  return [{ code: 'rule.never-fires', severity: 'hint', message, span }];
};
