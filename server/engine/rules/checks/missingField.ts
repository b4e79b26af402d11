import type { Action, RuleProblem } from '../rule.ts';
import type { RuleCheck } from './ruleCheck.ts';

/** `rule.missing-field`: an action without the field that says what it does. */
export const missingField: RuleCheck = ({ rule }) => rule.actions.flatMap(findMissing);

const needed: Readonly<Record<string, { readonly field: string; readonly example: string } | undefined>> = {
  run: { field: 'command', example: 'command: npm run lint' },
  task: { field: 'task', example: 'task: build' },
};

function findMissing({ type, written, remove, fields, span }: Action): readonly RuleProblem[] {
  const need = needed[type];
  if (remove || need === undefined || hasText(fields.get(need.field))) return [];
  const message = `\`${written}\` does nothing without \`${need.field}\`: write \`${need.example}\` or the like.`;
  return [{ code: 'rule.missing-field', severity: 'warning', message, span: fields.get('type') ?? span }];
}

function hasText(span: { readonly start: number; readonly end: number } | undefined): boolean {
  return span !== undefined && span.end > span.start;
}
