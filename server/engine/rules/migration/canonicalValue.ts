import type { Located } from '../../documents/span.ts';
import { applyTextEdits } from '../editing/applyTextEdits.ts';
import { quote, renderDashes, renderValue } from '../editing/renderValue.ts';
import { createDraft } from '../reading/draft.ts';
import { frontmatterReaders } from '../reading/keyReaders.ts';
import { createReading, hasErrorSince } from '../reading/reading.ts';
import { readScalar } from '../reading/readScalar.ts';
import { readYaml } from '../reading/readYaml.ts';
import type { KeyEntry } from '../reading/scanKeys.ts';
import { splitList } from '../reading/splitList.ts';
import { findLineStart } from '../editing/keyRegion.ts';
import { lineBreakOf } from '../editing/lineBreaks.ts';

const listKeys: ReadonlySet<string> = new Set(['globs', 'extends', 'on', 'origin', 'tags']);
const booleanKeys: ReadonlySet<string> = new Set(['alwaysApply', 'enabled', 'abstract']);
/** Keys whose values have keys of their own: those are mended in place. */
const structuredKeys: ReadonlySet<string> = new Set([
  ...['filters', 'actions', 'budget', 'metadata', 'examples', 'tests', 'references'],
]);

/**
 * The value of a key in a form that every YAML reader reads as ours does; undefined when it has that form already, and
 * where our reader does not understand it: then nobody knows what it was to say. Never changes what is read.
 */
export function canonicalValue(text: string, entry: KeyEntry): string | undefined {
  if (entry.value.start === entry.value.end || structuredKeys.has(entry.key)) return undefined;
  if (!Object.hasOwn(frontmatterReaders, entry.key) && !listKeys.has(entry.key))
    return canonicalUnknown(text, entry);
  if (!isUnderstood(text, entry)) return undefined;
  return listKeys.has(entry.key) ? canonicalList(text, entry) : canonicalScalar(text, entry);
}

function isUnderstood(text: string, entry: KeyEntry): boolean {
  const reading = createReading(text);
  frontmatterReaders[entry.key]?.(reading, entry, createDraft());
  return !hasErrorSince(reading, 0);
}

/** A key that is not ours keeps what YAML reads there; only one line that no YAML reader takes is made a text. */
function canonicalUnknown(text: string, entry: KeyEntry): string | undefined {
  const isOneLine = !entry.below && !/[\n\r]/.test(text.slice(entry.value.start, entry.value.end));
  if (!isOneLine || readYaml(text, entry).faults.length === 0) return undefined;
  return canonicalScalar(text, entry);
}

function canonicalList(text: string, entry: KeyEntry): string | undefined {
  const { items, faults } = splitList(text, entry);
  // What its author meant by a broken list is not for us to say.
  if (faults.length > 0) return undefined;
  const values = items.map(({ value }) => value);
  if (sameLists(listOfYaml(text, entry), values)) return undefined;
  const [only = ''] = values;
  if (entry.below && text[entry.value.start] === '-') return canonicalDashes(text, entry, items);
  return values.length > 1 ? renderValue(values) : renderValue(only);
}

/** Entry by entry, so that comments between them stay; anew where one line holds several. */
function canonicalDashes(text: string, entry: KeyEntry, items: readonly Located<string>[]): string {
  const { start, end } = entry.value;
  const raw = text.slice(start, end);
  const lines = raw.match(/^[ \t]*-(?=[ \t])/gm)?.length ?? 0;
  const isQuoted = items.some(({ span }) => /["']/.test(text[span.start - 1] ?? ''));
  if (lines !== items.length || isQuoted) {
    const indent = text.slice(findLineStart(text, start), start);
    return renderDashes(
      items.map(({ value }) => value),
      indent,
      lineBreakOf(text),
    );
  }
  const edits = items.map(({ value, span }) => ({
    span: { start: span.start - start, end: span.end - start },
    newText: quote(value),
  }));
  return applyTextEdits(raw, edits);
}

/** The list that YAML reads, undefined where it reads none. */
function listOfYaml(text: string, entry: KeyEntry): readonly string[] | undefined {
  const { value, faults } = readYaml(text, entry);
  if (faults.length > 0) return undefined;
  if (value === undefined) return [];
  if (value.kind === 'map') return undefined;
  const items = value.kind === 'list' ? value.items : [value];
  return items.every((item) => item.kind === 'scalar')
    ? items.flatMap((item) => splitText(item.text))
    : undefined;
}

/** A text between quotes is split as a list in one text is. */
function splitText(text: string): readonly string[] {
  const value = { start: 0, end: text.length };
  const entry: KeyEntry = { key: '', keySpan: { start: 0, end: 0 }, value, below: false };
  return splitList(text, entry).items.map((item) => item.value);
}

function sameLists(left: readonly string[] | undefined, right: readonly string[]): boolean {
  return left?.length === right.length && left.every((value, at) => value === right[at]);
}

function canonicalScalar(text: string, entry: KeyEntry): string | undefined {
  const { value } = readScalar(createReading(text), entry);
  const yaml = readYaml(text, entry);
  const isRead = yaml.faults.length === 0 && yaml.value?.kind === 'scalar';
  const isBoolean = booleanKeys.has(entry.key) && /^(?:true|false)$/i.test(value);
  if (isBoolean) {
    const isTyped = isRead && yaml.value?.kind === 'scalar' && typeof yaml.value.value === 'boolean';
    return isTyped ? undefined : value.toLowerCase();
  }
  const same = isRead && yaml.value?.kind === 'scalar' && yaml.value.text.trim() === value.trim();
  return same ? undefined : renderValue(value);
}
