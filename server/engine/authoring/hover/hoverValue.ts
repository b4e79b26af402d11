import type { Span } from '../../documents/span.ts';
import { eventDocs } from '../../rules/vocabulary/eventDocs.ts';
import { resolveEvent } from '../../rules/vocabulary/events.ts';
import { resolveFilterType, takesPattern } from '../../rules/vocabulary/filters.ts';
import { resolveActionType } from '../../rules/vocabulary/actions.ts';
import { siblingText, textOf, type Cursor } from '../completion/cursor.ts';
import { findListItem } from '../completion/listItem.ts';
import { clipToLine } from '../outline/clipToLine.ts';
import { docOfAction, docOfFilter, docOfKey, textLists, valuePath } from '../ruleSchema.ts';
import { ruleAt } from '../ruleAt.ts';
import { explainGlob } from './explainMatches.ts';
import { explainPattern } from './explainPattern.ts';
import type { Hover } from './hover.ts';
import { code } from './markdown.ts';

const patternPaths = new Set(
  ['pattern', 'negative_pattern', 'pattern_negate', 'file_pattern', 'location'].map(
    (key) => `actions.-.conditions.-.${key}`,
  ),
);

/** What a value means where it stands. */
export function hoverValue(cursor: Cursor): Hover | undefined {
  const { document, offset, place } = cursor;
  const path = valuePath(place.path);
  const isText = place.kind === 'text' || place.node === undefined || place.word.start === place.word.end;
  if (isText) return undefined;
  const item = textLists.has(path) ? findListItem(document.text, place.word, offset) : place.word;
  const span = clipToLine(document.text, item, offset);
  const word = document.text.slice(span.start, span.end).replaceAll(/^["']|["']$/g, '');
  const markdown = explain(cursor, { path, word, span });
  return markdown === undefined || word === '' ? undefined : { markdown, span };
}

interface Written {
  readonly path: string;
  readonly word: string;
  readonly span: Span;
}

function explain(cursor: Cursor, written: Written): string | undefined {
  const { path, word } = written;
  if (patternPaths.has(path)) return explainPattern(patternAt(cursor), 'm');
  switch (path) {
    case 'globs':
      return explainGlob(cursor.workspace, word, cursor.document.file.scope);
    case 'on':
      return explainEvent(word);
    case 'filters.-.type':
      return explainType(word, resolveFilterType(word), docOfFilter(word)?.summary);
    case 'actions.-.type':
      return explainType(word, resolveActionType(word), docOfAction(word)?.summary);
    case 'filters.-.pattern':
      return explainFilterPattern(cursor, written);
    default: {
      const meaning = docOfKey(cursor.place.region, path.split('.'))?.values?.[word];
      return meaning === undefined ? undefined : `${code(word)}: ${meaning}`;
    }
  }
}

function explainEvent(word: string): string | undefined {
  const event = resolveEvent(word);
  return explainType(word, event, event && eventDocs[event].summary);
}

/** Another spelling is shown with the name that it stands for. */
function explainType(
  word: string,
  name: string | undefined,
  summary: string | undefined,
): string | undefined {
  if (name === undefined || summary === undefined) return undefined;
  return word === name ? `${code(name)}: ${summary}` : `${code(word)} is read as ${code(name)}: ${summary}`;
}

function explainFilterPattern(cursor: Cursor, { word }: Written): string | undefined {
  const written = siblingText(cursor, 'type') ?? '';
  const type = resolveFilterType(written) ?? written;
  if (type === 'glob') return explainGlob(cursor.workspace, word, '');
  if (type === 'event') return explainEvent(wordAround(cursor) ?? word);
  if (!takesPattern(type)) return docOfFilter(type)?.values?.[word];
  const filter = ruleAt(cursor.document, cursor.offset).filters.find(
    ({ span }) => span.start <= cursor.offset && cursor.offset <= span.end,
  );
  const isText = type === 'content' || type === 'changed_content' || type === 'message';
  return explainPattern(filter?.pattern ?? patternAt(cursor), `${isText ? 'm' : ''}${filter?.flags ?? ''}`);
}

function wordAround({ document: { text }, offset }: Cursor): string | undefined {
  const before = /[\w-]*$/.exec(text.slice(Math.max(0, offset - 64), offset))?.[0] ?? '';
  return before + (/^[\w-]*/.exec(text.slice(offset, offset + 64))?.[0] ?? '');
}

/** As it was read, where it was; else as it is written. */
function patternAt(cursor: Cursor): string {
  const { document, offset, place } = cursor;
  const conditions = ruleAt(document, offset).actions.flatMap((action) => action.conditions);
  const read = conditions.find(({ span }) => span.start <= offset && offset <= span.end);
  const isPattern = place.path.at(-1) === 'pattern';
  const written = textOf(document.text, place.node) ?? '';
  return (
    (isPattern ? read?.pattern : read?.pattern === undefined ? read?.negativePattern : undefined) ?? written
  );
}
