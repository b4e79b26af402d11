import type { Action, RuleProblem } from '../rule.ts';

/** `rule.unknown-action-id` and `rule.needs-cycle`: which action comes after which, among all actions of one rule. */
export function checkActionOrder(own: readonly Action[], all: readonly Action[]): readonly RuleProblem[] {
  const byId = new Map(
    all.flatMap((action) => (action.id === undefined ? [] : [[action.id, action] as const])),
  );
  return own.flatMap((action) => {
    const named = action.fallback === undefined ? action.needs : [...action.needs, action.fallback];
    const unknown = named
      .filter(({ value }) => !byId.has(value))
      .map(({ value, span }): RuleProblem => {
        const ids = [...byId.keys()].map((id) => `\`${id}\``).join(', ');
        const known = ids === '' ? 'No action of this rule has an `id`.' : `Ids are ${ids}.`;
        return {
          code: 'rule.unknown-action-id',
          severity: 'error',
          message: `No action has the id \`${value}\`. ${known}`,
          span,
        };
      });
    return [...unknown, ...findCycle(action, byId), ...findFallbackCycle(action, byId)];
  });
}

function findCycle(action: Action, byId: ReadonlyMap<string, Action>): readonly RuleProblem[] {
  const { id } = action;
  if (id === undefined) return [];
  return action.needs.flatMap(({ value, span }) => {
    const way = findWay(value, id, byId);
    if (way === undefined) return [];
    const message = `This action waits for itself: ${[id, ...way].map((each) => `\`${each}\``).join(' → ')}.`;
    return [{ code: 'rule.needs-cycle', severity: 'error', message, span } as const];
  });
}

/** An action that comes back to itself along `fallback` would never be done first. */
function findFallbackCycle(action: Action, byId: ReadonlyMap<string, Action>): readonly RuleProblem[] {
  const { id, fallback } = action;
  if (id === undefined || fallback === undefined) return [];
  const way = new Set<string>();
  for (
    let at: string | undefined = fallback.value;
    at !== undefined && !way.has(at);
    at = byId.get(at)?.fallback?.value
  )
    way.add(at);
  if (!way.has(id)) return [];
  const named = [id, ...way].map((each) => `\`${each}\``).join(' → ');
  const message = `This action falls back on itself: ${named}.`;
  return [{ code: 'rule.needs-cycle', severity: 'error', message, span: fallback.span } as const];
}

/** Ids from one action to another along `needs`, both included. */
function findWay(from: string, to: string, byId: ReadonlyMap<string, Action>): readonly string[] | undefined {
  const before = new Map<string, string | undefined>([[from, undefined]]);
  for (const id of before.keys()) {
    if (id === to) return traceBack(id, before);
    for (const { value } of byId.get(id)?.needs ?? []) if (!before.has(value)) before.set(value, id);
  }
  return undefined;
}

function traceBack(last: string, before: ReadonlyMap<string, string | undefined>): readonly string[] {
  const way: string[] = [];
  for (let id: string | undefined = last; id !== undefined; id = before.get(id)) way.unshift(id);
  return way;
}
