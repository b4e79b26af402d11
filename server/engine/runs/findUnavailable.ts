import { isCheckAction } from '../rules/modelActions.ts';
import type { Action } from '../rules/rule.ts';

/** Why this version carries out none of the actions that start something; undefined when it does, or when all of them only check. */
export function findUnavailable(actions: readonly Action[]): string | undefined {
  const starting = actions.filter(({ type }) => !isCheckAction(type));
  const [first] = starting;
  if (first === undefined || starting.some(({ type }) => type === 'generate_tests')) return undefined;
  return `its action \`${first.type}\` is not available in this version`;
}
