import type { Rule } from '../rules/rule.ts';
import { sortRules } from '../triggers/decideFirings.ts';

export interface QuietGroup {
  /** How long a file must be quiet, in milliseconds. */
  readonly quietMs: number;
  readonly rules: readonly Rule[];
}

// Lists of rules are immutable, and the same is asked for with every event.
const groupedLists = new WeakMap<readonly Rule[], readonly QuietGroup[]>();

/** Rules that wait for the same time. */
export function groupByQuiet(rules: readonly Rule[]): readonly QuietGroup[] {
  const known = groupedLists.get(rules);
  if (known !== undefined) return known;
  const byQuiet = new Map<number, Rule[]>();
  for (const rule of rules) {
    const others = byQuiet.get(rule.debounceMs);
    if (others) others.push(rule);
    else byQuiet.set(rule.debounceMs, [rule]);
  }
  const groups = [...byQuiet].map(([quietMs, members]) => ({ quietMs, rules: members }));
  groupedLists.set(rules, groups);
  return groups;
}

const placesInLists = new WeakMap<readonly Rule[], ReadonlyMap<Rule, number>>();

/** Each rule's place in the order in which they fire. */
export function firingPlaces(rules: readonly Rule[]): ReadonlyMap<Rule, number> {
  const known = placesInLists.get(rules);
  if (known !== undefined) return known;
  const places = new Map(sortRules(rules).map((rule, at) => [rule, at]));
  placesInLists.set(rules, places);
  return places;
}
