import { isCheckAction } from '../rules/modelActions.ts';
import type { Action } from '../rules/rule.ts';

const available: ReadonlySet<string> = new Set([
  'run',
  'task',
  'test',
  'generate_tests',
  'fix',
  'generate',
  'refactor',
  'document',
  'review',
]);

/** Why this version carries out none of the actions; undefined when it does. */
export function findUnavailable(actions: readonly Action[]): string | undefined {
  const missing = actions.find(({ type }) => !isCheckAction(type) && !available.has(type));
  return missing && `its action \`${missing.type}\` is not available in this version`;
}
