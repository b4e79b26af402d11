import type { WordDoc } from '../../rules/vocabulary/wordDoc.ts';
import type { Cursor } from '../completion/cursor.ts';
import { docOfKey } from '../ruleSchema.ts';
import { ruleAt } from '../ruleAt.ts';
import { explainMatches } from './explainMatches.ts';
import { explainSource } from './explainRule.ts';
import type { Hover } from './hover.ts';
import { code } from './markdown.ts';

/** What a key does, and where its effective value came from. */
export function hoverKey(cursor: Cursor): Hover | undefined {
  const { document, place } = cursor;
  const key = document.text.slice(place.word.start, place.word.end);
  const doc = docOfKey(place.region, [...place.path, key]);
  if (doc === undefined || key === '') return undefined;
  const isTop = place.path.length === 0;
  const rule = ruleAt(document, cursor.offset);
  const globs = rule.globs.map(({ value }) => value);
  const lines = [
    `${code(key)}: ${doc.summary}`,
    ...explainValues(doc),
    ...(isTop && key === 'globs' ? [explainMatches(cursor.workspace, globs, rule.scope)] : []),
    ...(isTop ? [explainSource(cursor, rule, key) ?? []].flat() : []),
  ];
  return { markdown: lines.join('\n\n'), span: place.word };
}

function explainValues({ values }: WordDoc): readonly string[] {
  const rows = Object.entries(values ?? {}).map(([value, meaning]) => `- ${code(value)}: ${meaning}`);
  return rows.length === 0 ? [] : [rows.join('\n')];
}
