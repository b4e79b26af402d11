import type { Filter } from '../rule.ts';
import { parseEventPattern, eventWords } from '../vocabulary/events.ts';
import { changeSpellings, filterWords, resolveFilterType, takesPattern } from '../vocabulary/filters.ts';
import { nearestWord } from '../vocabulary/nearestWord.ts';
import { checkPattern, unescapePattern } from './checkPattern.ts';
import { readRemove } from './readRemove.ts';
import { report, reportWrongType, unknownWord, type Reading } from './reading.ts';
import { readBoolean, type Written } from './readTyped.ts';
import type { YamlValue } from './yamlValue.ts';
import { insideQuotes, readFields, readMaps, readText, spansOf, type Fields } from './yamlFields.ts';

/** All keys of a filter. */
export const filterKeys: readonly string[] = ['type', 'pattern', 'options', 'id', 'remove'];
/** All keys of a filter's `options`. */
export const optionKeys: readonly string[] = ['negate', 'flags'];

/** Reads `filters`. An entry of an unknown type stays in the list, so that it never lets the rule fire. */
export function parseFilters(reading: Reading, value: YamlValue | undefined): readonly Filter[] {
  const maps = readMaps(reading, 'filters', value);
  const written = maps.map((map) => ({
    fields: readFields(reading, { what: 'a filter', known: filterKeys }, map),
    map,
  }));
  const events = written.filter(({ fields }) => fieldText(fields, 'type') === 'event');
  const hasEvent = events.length > 0;
  // Filters of one type are alternatives, also where one of them never holds.
  const canHappen = events.some(({ fields }) => hasKnownEvent(fieldText(fields, 'pattern')));
  return written.flatMap(({ fields, map }) => {
    const type = readText(reading, fields, 'type');
    if (readRemove(reading, fields, map)) return [removal(reading, fields, map)];
    if (type !== undefined) return [parseFilter(reading, { fields, type, hasEvent, canHappen, whole: map })];
    reportWrongType(reading, map.span, 'A filter needs a `type`, such as `type: content`.');
    return [];
  });
}

function hasKnownEvent(pattern: string | undefined): boolean {
  return pattern !== undefined && parseEventPattern(unescapePattern(pattern)).events.length > 0;
}

/** Its type stays empty: it is there for the entry that it takes away. */
function removal(reading: Reading, fields: Fields, whole: YamlValue): Filter {
  const id = readText(reading, fields, 'id')?.value;
  // Nobody needs them here, but their author hears of what is wrong with them.
  readText(reading, fields, 'pattern');
  readOptions(reading, fields);
  const nothing = { type: '', pattern: '', negate: false, flags: '' };
  return { ...nothing, id, remove: true, span: whole.span, fields: spansOf(fields) };
}

function fieldText(fields: Fields, key: string): string | undefined {
  const value = fields.get(key);
  return value?.kind === 'scalar' ? value.text : undefined;
}

interface WrittenFilter {
  readonly fields: Fields;
  readonly type: Written;
  readonly hasEvent: boolean;
  /** One of the rule's event filters names an event that is known. */
  readonly canHappen: boolean;
  readonly whole: YamlValue;
}

function parseFilter(reading: Reading, filter: WrittenFilter): Filter {
  const { fields, whole } = filter;
  const pattern = readText(reading, fields, 'pattern');
  const type = resolveType(reading, filter, pattern?.value);
  const { negate, flags } = readOptions(reading, fields);
  const isKnown = resolveFilterType(type) !== undefined;
  if (pattern === undefined && isKnown) {
    reportWrongType(reading, whole.span, `This \`${type}\` filter needs a \`pattern\`.`);
  }
  const saved = type === 'event' && changeSpellings.includes(filter.type.value);
  const value = saved ? 'save' : unescapePattern(pattern?.value ?? '');
  const span = pattern === undefined ? whole.span : insideQuotes(reading.text, pattern.span);
  const id = readText(reading, fields, 'id')?.value;
  const parsed = {
    ...{ type, pattern: value, negate, flags, id },
    ...{ remove: false, span, fields: spansOf(fields) },
  };
  if (pattern !== undefined) checkFilterPattern(reading, parsed, filter.canHappen);
  return parsed;
}

function resolveType(
  reading: Reading,
  { type, hasEvent }: WrittenFilter,
  pattern: string | undefined,
): string {
  const word = type.value;
  if (changeSpellings.includes(word)) {
    return hasEvent || !isMatchAll(pattern) ? 'changed_content' : 'event';
  }
  const known = resolveFilterType(word);
  if (known !== undefined) return known;
  report(
    reading,
    unknownWord({
      code: 'rule.unknown-filter',
      severity: 'warning',
      what: 'type of filter',
      word,
      near: nearestWord(word, filterWords),
      span: type.span,
      consequence: 'The rule does not fire by itself until it is mended.',
    }),
  );
  return word;
}

function isMatchAll(pattern: string | undefined): boolean {
  return pattern === undefined || /^\^?\.[*+]\$?$/.test(pattern);
}

function readOptions(reading: Reading, fields: Fields): { readonly negate: boolean; readonly flags: string } {
  const options = fields.get('options');
  if (options === undefined || (options.kind === 'scalar' && options.value === null))
    return { negate: false, flags: '' };
  if (options.kind !== 'map') {
    reportWrongType(reading, options.span, '`options` has keys of its own: `negate` and `flags`.');
    return { negate: false, flags: '' };
  }
  const inner = readFields(reading, { what: 'options', known: optionKeys }, options);
  const negate = readText(reading, inner, 'negate');
  return {
    negate: negate === undefined ? false : (readBoolean(reading, 'negate', negate) ?? false),
    flags: readText(reading, inner, 'flags')?.value ?? '',
  };
}

function checkFilterPattern(reading: Reading, filter: Filter, canHappen: boolean): void {
  if (takesPattern(filter.type)) checkPattern(reading, filter.pattern, filter);
  else if (filter.type === 'event') checkEvents(reading, filter, canHappen && !filter.negate);
  else if (filter.type === 'file_size' || filter.type === 'line_count') checkComparison(reading, filter);
}

function checkEvents(reading: Reading, { pattern, span }: Filter, canHappen: boolean): void {
  const { events, unknown } = parseEventPattern(pattern);
  const severity = canHappen ? 'warning' : 'error';
  for (const word of unknown) {
    report(
      reading,
      unknownWord({
        code: 'rule.unknown-event',
        severity: events.length > 0 ? 'warning' : severity,
        what: 'event',
        word,
        near: nearestWord(word, eventWords),
        span: findWord(reading.text, span, word),
        consequence: 'It never happens.',
      }),
    );
  }
  if (events.length > 0 || unknown.length > 0) return;
  const message = 'This pattern matches the name of no event, so the filter never holds.';
  report(reading, { code: 'rule.unknown-event', severity, message, span });
}

function findWord(text: string, span: Filter['span'], word: string): Filter['span'] {
  const at = text.slice(span.start, span.end).indexOf(word);
  return at < 0 ? span : { start: span.start + at, end: span.start + at + word.length };
}

export const comparisonPattern = /^\s*(<=|>=|<|>|==?|!=)?\s*(\d+(?:\.\d+)?)\s*(b|kb|mb)?\s*$/i;

function checkComparison(reading: Reading, { type, pattern, span }: Filter): void {
  if (comparisonPattern.test(pattern)) return;
  reportWrongType(reading, span, `A \`${type}\` filter compares with a number, as in "> 500".`);
}
