import type { Action } from '../rules/rule.ts';
import { explainNoCandidate, parseModelWish, resolveRoute, type Route } from '../routing/resolveRoute.ts';
import { roleOfAction } from '../rules/vocabulary/modelRoles.ts';
import type { RunScope } from './runScope.ts';

/** A run whose action asks a model. */
export type AskingScope = RunScope & { readonly action: Action };

/** Who does the work of an action: whom it names, else whom its rule names, else the role of such actions. */
export function routeOf({
  routing: { sources, obstacle },
  rule,
  action,
}: Pick<AskingScope, 'routing' | 'action'> & { readonly rule: Pick<RunScope['rule'], 'model'> }):
  | Route
  | { readonly message: string } {
  if (obstacle !== undefined) return { message: obstacle };
  const role = roleOfAction(action.type);
  const written = action.model ?? rule.model;
  const wish = written === undefined ? { kind: 'role' as const, role } : parseModelWish(written);
  if (wish.kind === 'unknown') return wish;
  const route =
    wish.kind === 'role' ? resolveRoute(sources, wish.role) : resolveRoute(sources, role, wish.candidate);
  const nobody = explainNoCandidate(route);
  return nobody === undefined ? route : { message: nobody };
}
