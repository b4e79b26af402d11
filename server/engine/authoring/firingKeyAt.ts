import type { Rule, RuleDocument } from '../rules/rule.ts';
import { findPlace } from './outline/findPlace.ts';
import { ruleAt } from './ruleAt.ts';

const firingKeys = new Set(['globs', 'on', 'filters', 'origin', 'skip', 'debounce', 'enabled']);

/** The rule whose firing the key or value at the offset decides; undefined where nothing of the kind stands. */
export function firingKeyAt(document: RuleDocument, offset: number): Rule | undefined {
  const found = findPlace(document, offset);
  if (found.kind !== 'keys') return undefined;
  const { path, word } = found.place;
  const key = path[0] ?? document.text.slice(word.start, word.end);
  return firingKeys.has(key) ? ruleAt(document, offset) : undefined;
}
