import type { Span } from '../../documents/span.ts';
import type { EventName } from '../../rules/rule.ts';
import { actionDocs } from '../../rules/vocabulary/actionDocs.ts';
import { eventDocs } from '../../rules/vocabulary/eventDocs.ts';
import { filterDocs } from '../../rules/vocabulary/filterDocs.ts';
import { languageIds } from '../../rules/vocabulary/languageIds.ts';
import type { WordDoc, WordDocs } from '../../rules/vocabulary/wordDoc.ts';
import { clipToLine } from '../outline/clipToLine.ts';
import { docOfFilter, docOfKey, textLists, valuePath } from '../ruleSchema.ts';
import { completeGlobs } from './completeGlobs.ts';
import { siblingText, textOf, type Cursor } from './cursor.ts';
import { findListItem } from './listItem.ts';
import { literal, type Proposal, type ProposalKind } from './proposal.ts';
import { proposeFiles, proposeRules } from './proposeReferences.ts';

/** What a key could be set to. */
export function completeValue(cursor: Cursor): readonly Proposal[] {
  const { place } = cursor;
  const path = valuePath(place.path);
  const span = findSpan(cursor, path);
  switch (path) {
    case 'globs':
      return completeGlobs(cursor, span);
    case 'extends':
      return proposeRules(cursor, span, 'paths');
    case 'on':
      return proposeWords(eventDocs, 'event', span);
    case 'filters.-.type':
      return proposeTypes(cursor, { docs: filterDocs, kind: 'filter', span });
    case 'actions.-.type':
      return proposeTypes(cursor, { docs: actionDocs, kind: 'action', span });
    case 'filters.-.pattern':
      return completePattern(cursor, span);
    case 'actions.-.context':
      return completeContext(cursor, span);
    case 'actions.-.needs':
    case 'actions.-.fallback':
      return proposeIds(cursor, span);
    default:
      return proposeValues(docOfKey(place.region, path.split('.')), span);
  }
}

/** A value is replaced whole; of a list the entry under the cursor. */
function findSpan({ document: { text }, offset, place }: Cursor, path: string): Span {
  if (place.kind === 'key') return place.word;
  const value = textLists.has(path)
    ? findListItem(text, place.word, offset)
    : insideQuotes(text, place.word, offset);
  return clipToLine(text, value, offset);
}

function insideQuotes(text: string, { start, end }: Span, offset: number): Span {
  const quote = text[start];
  if (quote !== '"' && quote !== "'") return { start, end };
  const close = end - start > 1 && text[end - 1] === quote ? end - 1 : end;
  return { start: Math.min(start + 1, offset), end: Math.max(close, offset) };
}

function proposeWords(
  docs: Readonly<Record<EventName, WordDoc>> | WordDocs,
  kind: ProposalKind,
  span: Span,
): readonly Proposal[] {
  return Object.entries(docs).map(([label, { summary }]) => ({
    kind,
    label,
    documentation: summary,
    snippet: literal(label),
    span,
  }));
}

function proposeValues(doc: WordDoc | undefined, span: Span): readonly Proposal[] {
  return Object.entries(doc?.values ?? {}).map(([label, detail]) => ({
    kind: 'value',
    label,
    detail,
    snippet: literal(label),
    span,
  }));
}

interface Types {
  readonly docs: WordDocs;
  readonly kind: 'filter' | 'action';
  readonly span: Span;
}

/** A type brings what usually follows it, where nothing follows yet. */
function proposeTypes({ place }: Cursor, { docs, kind, span }: Types): readonly Proposal[] {
  const isAlone = !place.isFlow && place.siblings.length === 1;
  const indent = `\n${' '.repeat(Math.max(place.column, 0))}`;
  return Object.entries(docs).map(([label, { summary, snippet = '' }]) => {
    const following = kind === 'filter' && snippet !== '' ? `\npattern: ${snippet}` : snippet;
    return {
      kind,
      label,
      documentation: summary,
      snippet: isAlone ? label + following.replaceAll('\n', indent) : label,
      span,
    };
  });
}

function completePattern(cursor: Cursor, span: Span): readonly Proposal[] {
  const { document, offset } = cursor;
  const type = siblingText(cursor, 'type') ?? '';
  switch (type) {
    case 'event':
      return proposeWords(eventDocs, 'event', alternativeAt(document.text, span, offset));
    case 'language':
      return languageIds.map((label) => ({
        kind: 'language',
        label,
        snippet: label,
        span: alternativeAt(document.text, span, offset),
      }));
    case 'glob':
      return completeGlobs(cursor, span);
    default:
      return proposeValues(docOfFilter(type), span);
  }
}

/** The part between `|` in which the offset stands. */
function alternativeAt(text: string, span: Span, offset: number): Span {
  const before = /[\w-]*$/.exec(text.slice(span.start, offset))?.[0].length ?? 0;
  const after = /^[\w-]*/.exec(text.slice(offset, span.end))?.[0].length ?? 0;
  return { start: offset - before, end: offset + after };
}

function completeContext(cursor: Cursor, span: Span): readonly Proposal[] {
  const written = cursor.document.text.slice(span.start, cursor.offset);
  if (written.startsWith('@')) {
    const target = { start: span.start + 1, end: span.end };
    return [...proposeFiles(cursor, target, 'root'), ...proposeRules(cursor, target, 'names')];
  }
  return [...proposeRules(cursor, span, 'names'), ...completeGlobs(cursor, span)];
}

/** Ids of the other actions. */
function proposeIds({ document, place }: Cursor, span: Span): readonly Proposal[] {
  const own = place.siblings.find(({ key }) => key === 'id');
  const ids = document.file.actions.flatMap(({ id }) => (id === undefined ? [] : [id]));
  const others = ids.filter((id) => id !== textOf(document.text, own));
  return others.map((label) => ({
    kind: 'value',
    label,
    detail: 'an action of this rule',
    snippet: literal(label),
    span,
  }));
}
