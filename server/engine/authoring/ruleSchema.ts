import { actionDocs } from '../rules/vocabulary/actionDocs.ts';
import { filterDocs } from '../rules/vocabulary/filterDocs.ts';
import {
  actionKeyDocs,
  blockKeys,
  blockOnlyKeyDocs,
  budgetKeyDocs,
  conditionKeyDocs,
  filterKeyDocs,
  keyDocs,
  optionKeyDocs,
} from '../rules/vocabulary/keyDocs.ts';
import { resolveActionType } from '../rules/vocabulary/actions.ts';
import { resolveFilterType } from '../rules/vocabulary/filters.ts';
import { findDoc, type WordDoc, type WordDocs } from '../rules/vocabulary/wordDoc.ts';
import type { KeyPlace } from './outline/findPlace.ts';

const blockDocs: WordDocs = Object.fromEntries(
  Object.entries({ ...keyDocs, ...blockOnlyKeyDocs }).filter(([key]) => blockKeys.includes(key)),
);

const keysByPath: Readonly<Record<string, WordDocs>> = {
  'filters.-': filterKeyDocs,
  'filters.-.options': optionKeyDocs,
  'actions.-': actionKeyDocs,
  'actions.-.conditions.-': conditionKeyDocs,
  budget: budgetKeyDocs,
};

/** Lists whose entries have keys of their own. */
const mapLists = new Set(['filters', 'actions', 'actions.-.conditions']);

/** Keys that take one text or a list of them. */
export const textLists: ReadonlySet<string> = new Set([
  ...['globs', 'extends', 'on', 'origin', 'actions.-.context', 'actions.-.needs'],
  ...['actions.-.conditions.-.file_pattern', 'actions.-.conditions.-.location'],
]);

/** The keys that a map may have; undefined where keys are the author's own, or none can stand. */
export function keysAt(region: KeyPlace['region'], path: readonly string[]): WordDocs | undefined {
  if (path.length === 0) return region === 'frontmatter' ? keyDocs : blockDocs;
  const joined = path.join('.');
  return Object.hasOwn(keysByPath, joined) ? keysByPath[joined] : undefined;
}

/** Whether the value is a list of maps, such as `actions`. */
export function isMapList(path: readonly string[]): boolean {
  return mapLists.has(path.join('.'));
}

/** What a key means where it stands. */
export function docOfKey(region: KeyPlace['region'], path: readonly string[]): WordDoc | undefined {
  const keys = keysAt(region, path.slice(0, -1));
  return keys && findDoc(keys, path.at(-1) ?? '');
}

export function docOfFilter(type: string): WordDoc | undefined {
  return findDoc(filterDocs, resolveFilterType(type) ?? '');
}

export function docOfAction(type: string): WordDoc | undefined {
  return findDoc(actionDocs, resolveActionType(type) ?? '');
}

/** The path of a value without the dash of its list: `on.-` and `on` take the same words. */
export function valuePath(path: readonly string[]): string {
  return (path.at(-1) === '-' ? path.slice(0, -1) : path).join('.');
}
