import type { Span } from '../../documents/span.ts';
import { nearestWord } from '../vocabulary/nearestWord.ts';
import { report, reportWrongType, unknownWord, type Reading } from './reading.ts';
import type { Written } from './readTyped.ts';
import { readYaml } from './readYaml.ts';
import type { YamlEntry, YamlValue } from './yamlValue.ts';
import type { KeyEntry } from './scanKeys.ts';

/** Each is looked at by many checks, and nobody writes as many. */
const maxEntries = 1000;

type YamlMap = YamlValue & { readonly kind: 'map' };

/** The fields of one entry of a list, such as a filter. */
export type Fields = ReadonlyMap<string, YamlValue>;

/** The value of a key as YAML; what is wrong with it is reported. */
export function readYamlKey(reading: Reading, entry: KeyEntry): YamlValue | undefined {
  if (entry.value.start === entry.value.end) return undefined;
  const { value, faults } = readYaml(reading.text, entry);
  for (const { message, span, recovered } of faults) {
    const text = /^[a-z]/.test(message) ? `\`${entry.key}\` ${message}.` : message;
    report(reading, {
      code: 'rule.bad-yaml',
      severity: recovered ? 'warning' : 'error',
      message: text,
      span,
    });
  }
  return value;
}

/** The entries of a list of maps; anything else in it is reported. */
export function readMaps(reading: Reading, key: string, value: YamlValue | undefined): readonly YamlMap[] {
  if (value === undefined || isEmpty(value)) return [];
  if (value.kind !== 'list') {
    reportWrongType(reading, value.span, `\`${key}\` is a list: begin each entry with \`- \`.`);
    return [];
  }
  const maps: YamlMap[] = [];
  const tooMany = value.items[maxEntries];
  if (tooMany !== undefined) {
    const message = `\`${key}\` has at most ${maxEntries} entries: this one and those below it were not read. Divide the rule.`;
    report(reading, { code: 'rule.too-large', severity: 'error', message, span: tooMany.span });
  }
  for (const item of value.items.slice(0, maxEntries)) {
    if (item.kind === 'map') maps.push(item);
    else
      reportWrongType(reading, item.span, `An entry of \`${key}\` has keys of its own, such as \`type: …\`.`);
  }
  return maps;
}

/** The map's keys; one that is not known, or written twice, is reported. */
export function readFields(
  reading: Reading,
  { what, known }: { readonly what: string; readonly known: readonly string[] },
  map: YamlMap,
): Fields {
  const fields = new Map<string, YamlValue>();
  for (const entry of map.entries) {
    if (fields.has(entry.key)) reportDuplicate(reading, entry);
    if (!known.includes(entry.key)) reportUnknownField(reading, { what, known }, entry);
    fields.set(entry.key, entry.value);
  }
  return fields;
}

function reportDuplicate(reading: Reading, { key, keySpan }: YamlEntry): void {
  const message = `\`${key}\` is written twice here: keep the one that is meant.`;
  report(reading, { code: 'rule.duplicate-key', severity: 'error', message, span: keySpan });
}

function reportUnknownField(
  reading: Reading,
  { what, known }: { readonly what: string; readonly known: readonly string[] },
  entry: YamlEntry,
): void {
  report(
    reading,
    unknownWord({
      code: 'rule.unknown-key',
      severity: 'warning',
      what: `key of ${what}`,
      word: entry.key,
      near: nearestWord(entry.key, known),
      span: entry.keySpan,
      consequence: 'It is ignored.',
    }),
  );
}

/** Where the value of each field stands. */
export function spansOf(fields: Fields): ReadonlyMap<string, Span> {
  return new Map(Array.from(fields, ([key, value]) => [key, value.span]));
}

/** The text of a field; undefined when it is missing, empty, or no text, which is reported. */
export function readText(reading: Reading, fields: Fields, key: string): Written | undefined {
  const value = fields.get(key);
  if (value === undefined || isEmpty(value)) return undefined;
  if (value.kind === 'scalar') return { value: value.text, span: value.span };
  reportWrongType(reading, value.span, `\`${key}\` is one text here, not a ${value.kind}.`);
  return undefined;
}

/** A field that `read` turns into what it means; undefined when it is missing, empty or wrong. */
export function readField<Value>(
  reading: Reading,
  { fields, key }: { readonly fields: Fields; readonly key: string },
  read: (reading: Reading, key: string, written: Written) => Value | undefined,
): Value | undefined {
  const written = readText(reading, fields, key);
  return written === undefined ? undefined : read(reading, key, written);
}

/** The texts of a field that is one text or a list of them. */
export function readTexts(reading: Reading, fields: Fields, key: string): readonly Written[] {
  const value = fields.get(key);
  if (value?.kind !== 'list') {
    const one = readText(reading, fields, key);
    return one === undefined ? [] : [one];
  }
  return value.items.flatMap((item) => {
    if (item.kind === 'scalar') return [{ value: item.text, span: item.span }];
    reportWrongType(reading, item.span, `An entry of \`${key}\` is one text.`);
    return [];
  });
}

function isEmpty(value: YamlValue): boolean {
  return value.kind === 'scalar' && value.value === null;
}

/** The inside of a text in quotes, so that a place in a pattern can be pointed at. */
export function insideQuotes(text: string, span: Span): Span {
  const quote = text[span.start];
  const isQuoted =
    (quote === '"' || quote === "'") && text[span.end - 1] === quote && span.end - span.start > 1;
  return isQuoted ? { start: span.start + 1, end: span.end - 1 } : span;
}
