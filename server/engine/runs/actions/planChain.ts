import type { ActionResultKind } from '../../../protocol/runEvents.ts';
import type { Action } from '../../rules/rule.ts';

/** An action of a chain, with what it waits for. */
export interface ChainLink {
  /** Its `id`, or its place among the rule's actions, such as `#2`. */
  readonly key: string;
  readonly action: Action;
  /** Keys that it names in `needs`; undefined: it follows the one before. */
  readonly needs: readonly string[] | undefined;
  /** The one written before it; undefined for the first. */
  readonly previous: string | undefined;
  /** What is done when all its tries failed. */
  readonly fallback: ChainLink | undefined;
}

/** How the actions that ended did; a fallback that succeeded lets its action count as succeeded. */
export type Ended = ReadonlyMap<string, ActionResultKind>;

export type ChainStep =
  | { readonly kind: 'waits' }
  | { readonly kind: 'runs' }
  /** A sentence. */
  | { readonly kind: 'skipped'; readonly reason: string };

/**
 * The actions in the order written, each with what it follows. One that a `fallback` names is none of them: it belongs to
 * the action that names it. A reference that leads nowhere, or in a circle, is a problem of the rule and is left out here.
 */
export function planChain(actions: readonly Action[]): readonly ChainLink[] {
  const keys = new Map(actions.map((action, at) => [action, action.id ?? `#${at + 1}`]));
  const byId = new Map(
    actions.flatMap((action) => (action.id === undefined ? [] : [[action.id, action] as const])),
  );
  const fallbacks = new Set(actions.map(({ fallback }) => fallback?.value));
  const fallbackOf = (action: Action, seen: ReadonlySet<Action>): ChainLink | undefined => {
    const named = action.fallback && byId.get(action.fallback.value);
    if (named === undefined || seen.has(named)) return undefined;
    const key = keys.get(named) ?? '';
    const fallback = fallbackOf(named, new Set([...seen, named]));
    return { key, action: named, needs: undefined, previous: undefined, fallback };
  };
  // Whoever waits for a fallback waits for the action that it stands for.
  const owners = new Map(
    actions.flatMap((action) => (action.fallback ? [[action.fallback.value, keys.get(action) ?? '']] : [])),
  );
  const ownerOf = (id: string): string => {
    const way = new Set([id]);
    for (const each of way) {
      const owner = owners.get(each);
      if (owner !== undefined) way.add(owner);
    }
    return [...way].at(-1) ?? id;
  };
  const links: ChainLink[] = [];
  for (const action of actions) {
    if (action.id !== undefined && fallbacks.has(action.id)) continue;
    const needs = [
      ...new Set(action.needs.flatMap(({ value }) => (byId.has(value) ? [ownerOf(value)] : []))),
    ];
    links.push({
      key: keys.get(action) ?? '',
      action,
      needs: needs.length === 0 ? undefined : needs,
      previous: links.at(-1)?.key,
      fallback: fallbackOf(action, new Set([action])),
    });
  }
  return links;
}

/** Whether an action begins, now that these have ended. */
export function decideLink(link: ChainLink, links: readonly ChainLink[], ended: Ended): ChainStep {
  return link.needs === undefined ? afterPrevious(link, links, ended) : afterNeeds(link, link.needs, ended);
}

function afterPrevious(link: ChainLink, links: readonly ChainLink[], ended: Ended): ChainStep {
  const before = previousThatRan(link, links, ended);
  if (before === undefined)
    return link.action.when === 'failure' ? skip('no action before it failed') : { kind: 'runs' };
  const result = ended.get(before);
  if (result === undefined) return { kind: 'waits' };
  const hasFailed = result !== 'succeeded';
  switch (link.action.when) {
    case 'always':
      return { kind: 'runs' };
    case 'failure':
      return hasFailed ? { kind: 'runs' } : skip(`\`${before}\` did not fail`);
    case 'success':
      return hasFailed ? skip(`\`${before}\` did not succeed`) : { kind: 'runs' };
  }
}

function afterNeeds({ action: { when } }: ChainLink, needs: readonly string[], ended: Ended): ChainStep {
  if (needs.some((key) => !ended.has(key))) return { kind: 'waits' };
  const failed = needs.find((key) => ended.get(key) === 'failed' || ended.get(key) === 'refused');
  if (when === 'always') return { kind: 'runs' };
  if (when === 'failure')
    return failed === undefined ? skip(`none of ${quote(needs)} failed`) : { kind: 'runs' };
  const missing = needs.find((key) => ended.get(key) !== 'succeeded');
  return missing === undefined ? { kind: 'runs' } : skip(`\`${missing}\` did not succeed`);
}

/** Whether a failure was mended: an action that waits for it with `when: failure` succeeded. */
export function isMended(key: string, links: readonly ChainLink[], ended: Ended): boolean {
  return links.some((link) => {
    if (link.action.when !== 'failure' || ended.get(link.key) !== 'succeeded') return false;
    return link.needs === undefined ? previousThatRan(link, links, ended) === key : link.needs.includes(key);
  });
}

/** One that was skipped is as if it were not there: what ended before it decides. */
function previousThatRan(link: ChainLink, links: readonly ChainLink[], ended: Ended): string | undefined {
  let before = link.previous;
  while (before !== undefined && ended.get(before) === 'skipped') {
    const skipped = before;
    before = links.find(({ key }) => key === skipped)?.previous;
  }
  return before;
}

function skip(reason: string): ChainStep {
  return { kind: 'skipped', reason: `Not run: ${reason}.` };
}

function quote(keys: readonly string[]): string {
  return keys.map((key) => `\`${key}\``).join(', ');
}
