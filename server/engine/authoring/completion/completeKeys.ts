import type { WordDocs } from '../../rules/vocabulary/wordDoc.ts';
import type { OutlineNode } from '../outline/outlineNode.ts';
import { isMapList, keysAt, textLists } from '../ruleSchema.ts';
import type { Cursor } from './cursor.ts';
import { completeValue } from './completeValue.ts';
import type { Proposal } from './proposal.ts';

/** Keys that are not written yet; undefined where a value is asked for. */
export function completeKeys(cursor: Cursor): readonly Proposal[] | undefined {
  const { place } = cursor;
  const { path, region } = place;
  if (place.kind === 'value') return completeEntry(cursor);
  if (isMapList(path)) return completeStarts(cursor);
  const keys = keysAt(region, path);
  if (keys !== undefined) return proposeKeys(cursor, keys, place.siblings);
  if (place.isFlow || !textLists.has(path.join('.'))) return [];
  // Below a key that takes a list, an entry begins with a dash.
  return completeValue(cursor).map((proposal) => ({ ...proposal, snippet: `- ${proposal.snippet}` }));
}

/** `- ty`: what follows the dash is a key where entries have keys. */
function completeEntry(cursor: Cursor): readonly Proposal[] | undefined {
  const { place } = cursor;
  if (place.path.at(-1) !== '-') return undefined;
  const keys = keysAt(place.region, place.path);
  if (keys === undefined) return undefined;
  const column = place.column + 2;
  return proposeKeys({ ...cursor, place: { ...place, column } }, keys, place.node?.children ?? []);
}

/** On an empty line below `actions:` a whole entry begins. */
function completeStarts({ place }: Cursor): readonly Proposal[] {
  const [what, snippet] =
    place.path.at(-1) === 'conditions'
      ? (['condition', 'pattern: $1'] as const)
      : ([place.path.at(-1) === 'actions' ? 'action' : 'filter', 'type: $1'] as const);
  return [
    {
      kind: 'snippet',
      label: `- ${snippet.replace(' $1', '')}`,
      detail: `a new ${what}`,
      snippet: `- ${snippet}`,
      span: place.word,
      ...(snippet.startsWith('type') ? ({ asksAgain: true } as const) : {}),
    },
  ];
}

function proposeKeys(
  { place, offset }: Cursor,
  keys: WordDocs,
  siblings: readonly OutlineNode[],
): readonly Proposal[] {
  // The key under the cursor is about to be another one.
  const written = new Set(
    siblings.filter(({ head }) => head.end < offset || head.start > offset).map(({ key }) => key),
  );
  return Object.entries(keys)
    .filter(([key]) => !written.has(key))
    .map(([key, doc]): Proposal => {
      const value = doc.snippet ?? ' ';
      const below = place.isFlow && value.startsWith('\n');
      const snippet = below ? ' ' : value.replaceAll('\n', `\n${' '.repeat(Math.max(place.column, 0))}`);
      return {
        kind: 'key',
        label: key,
        documentation: doc.summary,
        snippet: place.hasColon ? key : `${key}:${snippet}`,
        span: place.word,
        ...(/\$1|^ $/.test(snippet) && !place.hasColon ? ({ asksAgain: true } as const) : {}),
      };
    });
}
