import { removeEntry, replaceValue } from '../editing/editKeys.ts';
import { findLineStart, findValueSpan, type KeyRegion } from '../editing/keyRegion.ts';
import { readYaml } from '../reading/readYaml.ts';
import { repairYaml } from '../reading/repairYaml.ts';
import type { KeyEntry } from '../reading/scanKeys.ts';
import type { YamlValue } from '../reading/yamlValue.ts';
import type { TextEdit } from '../textEdit.ts';
import { canonicalValue } from './canonicalValue.ts';
import { canonicalWords } from './canonicalWords.ts';

/** Edits of one kind and what they do, as it goes on after the name of the file. */
export interface Mending {
  readonly edits: readonly TextEdit[];
  readonly change: string;
}

/** What can be mended in the keys of frontmatter or of a block without changing what they say. */
export function mendKeys(region: KeyRegion, form: 'file' | 'block'): readonly Mending[] {
  return region.entries.flatMap((entry, at) => mendKey(region, entry, { at, form }));
}

interface KeyPlace {
  /** Of the entry among those of its region. */
  readonly at: number;
  readonly form: 'file' | 'block';
}

function mendKey(region: KeyRegion, entry: KeyEntry, { at, form }: KeyPlace): readonly Mending[] {
  const { text, entries } = region;
  const earlier = entries.slice(0, at).find(({ key }) => key === entry.key);
  if (earlier !== undefined) return sameValue(text, earlier, entry) ? [removeTwice(region, entry)] : [];
  const value = form === 'file' ? canonicalValue(text, entry) : undefined;
  if (value !== undefined) {
    return [{ edits: [replaceValue(region, entry, value)], change: `writes \`${entry.key}\` as YAML` }];
  }
  const repaired = repairValue(text, entry);
  if (repaired !== undefined) {
    return [{ edits: [repaired], change: `mends the YAML of \`${entry.key}\`` }];
  }
  const words = canonicalWords(text, entry, form);
  const spelled =
    words.length === 0 ? [] : [{ edits: words, change: `spells the words of \`${entry.key}\` canonically` }];
  return [...spelled, ...loosen(text, entry)];
}

function sameValue(text: string, left: KeyEntry, right: KeyEntry): boolean {
  return text.slice(left.value.start, left.value.end) === text.slice(right.value.start, right.value.end);
}

function removeTwice(region: KeyRegion, entry: KeyEntry): Mending {
  return { edits: [removeEntry(region, entry)], change: `removes the second \`${entry.key}\`` };
}

/** YAML that our reader mended without a doubt, mended in the file too. */
function repairValue(text: string, entry: KeyEntry): TextEdit | undefined {
  if (entry.value.start === entry.value.end || isPlainText(text, entry)) return undefined;
  const { faults } = readYaml(text, entry);
  if (faults.length === 0 || !faults.every(({ recovered }) => recovered)) return undefined;
  const start = entry.below ? findLineStart(text, entry.value.start) : entry.value.start;
  const span = { start, end: entry.value.end };
  return { span, newText: repairYaml(text.slice(span.start, span.end)).text };
}

/** Values on one line are texts to our reader, whatever YAML makes of them. */
function isPlainText(text: string, entry: KeyEntry): boolean {
  return !entry.below && !/[\n\r]/.test(text.slice(entry.value.start, entry.value.end));
}

/** `name:x` is a key to us and a text to YAML; a tab behind a colon is one that other readers stumble over. */
function loosen(text: string, entry: KeyEntry): readonly Mending[] {
  const { start, end } = findValueSpan(text, entry);
  const edits = [
    ...(start === end || entry.below ? [] : spaceBefore(text, start)),
    ...valuesInside(text, entry).flatMap((inner) => spaceBefore(text, inner)),
  ];
  return edits.length === 0 ? [] : [{ edits, change: `puts a space behind \`${entry.key}:\`` }];
}

/** One space between a colon and the value that begins at the offset, where there is none or a tab. */
function spaceBefore(text: string, start: number): readonly TextEdit[] {
  let colon = start - 1;
  while (text[colon] === ' ' || text[colon] === '\t') colon -= 1;
  const gap = text.slice(colon + 1, start);
  if (text[colon] !== ':' || (gap !== '' && !gap.includes('\t'))) return [];
  return [{ span: { start: colon + 1, end: start }, newText: ' ' }];
}

/** Where the values of keys within a value begin. */
function valuesInside(text: string, entry: KeyEntry): readonly number[] {
  if (!text.slice(entry.value.start, entry.value.end).includes(':\t') || isPlainText(text, entry)) return [];
  const { value, faults } = readYaml(text, entry);
  return value === undefined || faults.length > 0 ? [] : startsOf(value);
}

function startsOf(value: YamlValue): readonly number[] {
  switch (value.kind) {
    case 'scalar':
      return [];
    case 'list':
      return value.items.flatMap(startsOf);
    case 'map':
      return value.entries.flatMap(({ value: inner }) => [
        ...(inner.span.start === inner.span.end ? [] : [inner.span.start]),
        ...startsOf(inner),
      ]);
  }
}
