import type { Action, Rule, RuleProblem } from '../rule.ts';
import type { RuleCheck } from './ruleCheck.ts';

/** `rule.missing-field`: an action without the field that says what it does. */
export const missingField: RuleCheck = ({ rule }) =>
  rule.actions.flatMap((action) => findMissing(action, isTold(rule) ? neededByAll : needed));

interface Need {
  readonly field: string;
  readonly example: string;
}
type Needs = Readonly<Record<string, Need | undefined>>;

const neededByAll: Needs = {
  run: { field: 'command', example: 'command: npm run lint' },
  task: { field: 'task', example: 'task: build' },
};
const conditions: Need = { field: 'conditions', example: 'conditions: [{ pattern: debugger }]' };
const needed: Needs = { ...neededByAll, validate: conditions, reject: conditions };

/** The actions of a block are words to a model, and those of a base may be completed by its children. */
function isTold({ form, abstract }: Rule): boolean {
  return form === 'block' || abstract;
}

function findMissing({ type, written, remove, fields, span }: Action, needs: Needs): readonly RuleProblem[] {
  const need = needs[type];
  if (remove || need === undefined || hasText(fields.get(need.field))) return [];
  const message = `\`${written}\` does nothing without \`${need.field}\`: write \`${need.example}\` or the like.`;
  return [{ code: 'rule.missing-field', severity: 'warning', message, span: fields.get('type') ?? span }];
}

function hasText(span: { readonly start: number; readonly end: number } | undefined): boolean {
  return span !== undefined && span.end > span.start;
}
