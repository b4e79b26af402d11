import { isCommandAction } from '../modelActions.ts';
import type { RuleCheck } from './ruleCheck.ts';

/** `rule.command-on-change`: what is being typed is not on disk, so a command would see something else. */
export const commandOnChange: RuleCheck = ({ rule }) => {
  if (!rule.on.some(({ value }) => value === 'change')) return [];
  return rule.actions
    .filter(({ type }) => isCommandAction(type))
    .map(({ written, span }) => {
      const message = `\`${written}\` cannot run on \`change\`, which fires while the text is only typed: use \`on: save\`.`;
      return { code: 'rule.command-on-change', severity: 'error', message, span };
    });
};
