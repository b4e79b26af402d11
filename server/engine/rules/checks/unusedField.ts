import { isCheckAction, isCommandAction, isModelAction } from '../modelActions.ts';
import type { Action, RuleProblem } from '../rule.ts';
import { resolveActionType } from '../vocabulary/actions.ts';
import type { RuleCheck } from './ruleCheck.ts';

/** `rule.unused-field`: a field that means something, and nothing for an action of this type. */
export const unusedField: RuleCheck = ({ rule }) => rule.actions.flatMap(findUnused);

/** For which types a field counts; a field that is missing here counts for all. */
const users: Readonly<Record<string, (type: string) => boolean>> = {
  command: (type) => type === 'run',
  shell: (type) => type === 'run',
  task: (type) => type === 'task',
  idempotent: isCommandAction,
  sandbox: isCommandAction,
  conditions: isCheckAction,
  severity: (type) => isCheckAction(type) || type === 'review',
  model: isModelAction,
  problem_matcher: (type) => type === 'run' || type === 'task',
  problemMatcher: (type) => type === 'run' || type === 'task',
  target: (type) => isModelAction(type) || type === 'test',
  context: isModelAction,
  answer_form: (type) => ['document', 'fix', 'generate', 'refactor'].includes(type),
  may_change_tests: isModelAction,
  red_first: (type) => type === 'generate_tests' || type === 'fix',
  min_coverage: (type) => type === 'generate_tests' || type === 'test',
  ratchet: (type) => type === 'generate_tests' || type === 'test',
  show_missing: (type) => type === 'test' || type === 'generate_tests',
  skip_covered: (type) => type === 'test' || type === 'generate_tests',
  fail_under: (type) => type === 'test' || type === 'generate_tests',
};

function findUnused({ type, written, fields }: Action): readonly RuleProblem[] {
  if (resolveActionType(type) === undefined) return [];
  return Array.from(fields).flatMap(([field, span]) => {
    const counts = Object.hasOwn(users, field) ? users[field] : undefined;
    if (counts === undefined || counts(type)) return [];
    const message = `\`${field}\` says nothing to an action of the type \`${written}\`.`;
    return [{ code: 'rule.unused-field', severity: 'hint', message, span } as const];
  });
}
