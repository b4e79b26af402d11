import type { Located } from '../../documents/span.ts';
import { compileGlob, usesBackslashes } from '../globs/compileGlob.ts';
import type { BudgetWish, EventName, Origin } from '../rule.ts';
import { eventWords, resolveEvent } from '../vocabulary/events.ts';
import { nearestWord } from '../vocabulary/nearestWord.ts';
import type { KeyReader } from './draft.ts';
import { approvalWords, parseActions } from './parseActions.ts';
import { parseFilters } from './parseFilters.ts';
import { report, reportWrongType, unknownWord, type Reading } from './reading.ts';
import { readScalar, type Scalar } from './readScalar.ts';
import {
  readBoolean,
  readDuration,
  readInteger,
  readPositive,
  readVersion,
  readWhole,
  readWord,
} from './readTyped.ts';
import type { KeyEntry } from './scanKeys.ts';
import { splitList } from './splitList.ts';
import { readFields, readText, readYamlKey } from './yamlFields.ts';
import { toPlain } from './readYaml.ts';
import type { YamlValue } from './yamlValue.ts';

const originWords: readonly Origin[] = ['user', 'auto', 'disk', 'self'];

/** What may stand in frontmatter. */
export const frontmatterReaders: Readonly<Record<string, KeyReader>> = {
  description: readDescription,
  globs: readGlobs,
  alwaysApply: (reading, entry, draft) =>
    assign(draft, 'alwaysApply', readBoolean(reading, entry.key, readScalar(reading, entry))),
  name: readName,
  version: readVersionKey,
  enabled: (reading, entry, draft) =>
    assign(draft, 'enabled', readBoolean(reading, entry.key, readScalar(reading, entry))),
  extends: (reading, entry, draft) => assign(draft, 'extends', readList(reading, entry)),
  abstract: (reading, entry, draft) =>
    assign(draft, 'abstract', readBoolean(reading, entry.key, readScalar(reading, entry))),
  on: readEvents,
  origin: readOrigins,
  debounce: (reading, entry, draft) =>
    assign(draft, 'debounceMs', readDuration(reading, entry.key, readScalar(reading, entry))),
  skip: (reading, entry, draft) => {
    const word = readWord(reading, { key: 'skip', words: ['trivial'] }, readScalar(reading, entry));
    assign(draft, 'skipTrivial', word === 'trivial');
  },
  filters: readFilters,
  actions: readActions,
  priority: (reading, entry, draft) =>
    assign(draft, 'priority', readInteger(reading, entry.key, readScalar(reading, entry))),
  model: (reading, entry, draft) => assign(draft, 'model', readOneText(reading, entry).value || undefined),
  budget: (reading, entry, draft) =>
    assign(draft, 'budget', readBudget(reading, readYamlKey(reading, entry))),
  approval: (reading, entry, draft) =>
    assign(
      draft,
      'approval',
      readWord(reading, { key: entry.key, words: approvalWords }, readScalar(reading, entry)),
    ),
  metadata: readMetadata,
};

/** What may stand in a `<rule>` block. What only people read is kept where it stands. */
export const blockReaders: Readonly<Record<string, KeyReader>> = {
  name: readName,
  description: readDescription,
  version: readVersionKey,
  filters: readFilters,
  actions: readActions,
  metadata: readMetadata,
  examples: keep,
  tests: keep,
  tags: keep,
  references: keep,
};

function keep(): void {
  // Where the value stands is noted for every key; nothing more is needed of these.
}

function readVersionKey(...[reading, entry, draft]: Parameters<KeyReader>): void {
  assign(draft, 'version', readVersion(reading, readOneText(reading, entry)));
}

function readFilters(...[reading, entry, draft]: Parameters<KeyReader>): void {
  draft.filters = parseFilters(reading, readYamlKey(reading, entry));
}

function readActions(...[reading, entry, draft]: Parameters<KeyReader>): void {
  draft.actions = parseActions(reading, readYamlKey(reading, entry));
}

function assign<Target extends object, Key extends keyof Target>(
  target: Target,
  key: Key,
  value: Target[Key] | undefined,
): void {
  if (value !== undefined) target[key] = value;
}

function readDescription(...[reading, entry, draft]: Parameters<KeyReader>): void {
  draft.description = readOneText(reading, entry).value;
}

function readName(...[reading, entry, draft]: Parameters<KeyReader>): void {
  const { value } = readOneText(reading, entry);
  if (value !== '') draft.name = value;
}

/** A text; a list below the key is none, whatever it comes to when its lines are joined. */
function readOneText(reading: Reading, entry: KeyEntry): Scalar {
  const { start, end } = entry.value;
  if (!entry.below || !/^-(?:\s|$)/.test(reading.text.slice(start, end))) return readScalar(reading, entry);
  reportWrongType(reading, entry.value, `\`${entry.key}\` is one text, not a list.`);
  return { value: '', span: { start, end: start }, quoted: false };
}

/** The entries of a list in any form; what is wrong with its form is reported. */
function readList(reading: Reading, entry: KeyEntry, code = 'rule.wrong-type'): readonly Located<string>[] {
  const { items, faults } = splitList(reading.text, entry);
  for (const { value, span } of faults) {
    report(reading, { code, severity: 'error', message: `This ${value}.`, span });
  }
  for (const { value, span } of items) {
    if (!value.includes(':') || !/^[\w-]+:\s/.test(value)) continue;
    if (/["']/.test(reading.text[span.start - 1] ?? '')) continue;
    reportWrongType(reading, span, `\`${entry.key}\` is a list of texts and has no keys of its own.`);
  }
  return items;
}

function readGlobs(...[reading, entry, draft]: Parameters<KeyReader>): void {
  const globs = readList(reading, entry, 'rule.bad-glob');
  for (const glob of globs) checkGlob(reading, glob);
  draft.globs = globs;
}

function checkGlob(reading: Reading, { value, span }: Located<string>): void {
  const result = compileGlob(value);
  if (result.kind === 'refused') {
    report(reading, {
      code: 'rule.bad-glob',
      severity: 'error',
      message: `This glob ${result.fault}.`,
      span,
    });
  } else if (usesBackslashes(value)) {
    const message =
      'Folders in a glob are separated by `/` on every platform; it was read as if it were written so.';
    report(reading, { code: 'rule.bad-glob', severity: 'warning', message, span });
  } else if (isAliasOfAnchor(reading, value)) {
    const message =
      'This reads as an alias of an anchor in the same file, and aliases are not read: quote it if it is a glob.';
    report(reading, { code: 'rule.bad-yaml', severity: 'error', message, span });
  }
}

function isAliasOfAnchor(reading: Reading, glob: string): boolean {
  const name = /^\*([\w-]+)$/.exec(glob)?.[1];
  return name !== undefined && anchorsOf(reading).has(name);
}

const anchors = new WeakMap<Reading, ReadonlySet<string>>();

/** Looked for once, since every glob of a list may begin with a star. */
function anchorsOf(reading: Reading): ReadonlySet<string> {
  const known = anchors.get(reading);
  if (known !== undefined) return known;
  const found = reading.text.slice(0, 65_536).matchAll(/:[ \t]+&([\w-]+)(?=\s|$)/g);
  const names = new Set(Array.from(found, ([, name = '']) => name));
  anchors.set(reading, names);
  return names;
}

function readEvents(...[reading, entry, draft]: Parameters<KeyReader>): void {
  const events: Located<EventName>[] = [];
  for (const { value, span } of readList(reading, entry)) {
    const event = resolveEvent(value);
    if (event !== undefined) events.push({ value: event, span });
    else reportUnknownEvent(reading, { value, span });
  }
  draft.on = events;
}

function reportUnknownEvent(reading: Reading, { value, span }: Located<string>): void {
  const isSeveral = /[\s|]/.test(value);
  const advice = isSeveral ? ' Put commas between events.' : '';
  report(
    reading,
    unknownWord({
      code: 'rule.unknown-event',
      severity: 'error',
      what: 'event',
      word: value,
      near: isSeveral ? undefined : nearestWord(value, eventWords),
      span,
      consequence: `The rule does not fire until it is mended.${advice}`,
    }),
  );
}

function readOrigins(...[reading, entry, draft]: Parameters<KeyReader>): void {
  draft.origin = readList(reading, entry)
    .map((written) => readWord(reading, { key: 'origin', words: originWords }, written))
    .filter((origin) => origin !== undefined);
}

const budgetKeys = ['usd', 'tokens', 'seconds', 'attempts'] as const;

function readBudget(reading: Reading, value: YamlValue | undefined): BudgetWish | undefined {
  if (value === undefined || (value.kind === 'scalar' && value.value === null)) return undefined;
  if (value.kind !== 'map') {
    reportWrongType(reading, value.span, '`budget` has keys of its own: usd, tokens, seconds and attempts.');
    return undefined;
  }
  const fields = readFields(reading, { what: 'a budget', known: budgetKeys }, value);
  const budget: { -readonly [Key in keyof BudgetWish]: BudgetWish[Key] } = {};
  for (const key of budgetKeys) {
    const written = readText(reading, fields, key);
    if (written === undefined) continue;
    const read = key === 'attempts' ? readWhole : readPositive;
    assign(budget, key, read(reading, key, written));
  }
  return budget;
}

const priorityWords: Readonly<Record<string, number>> = { critical: 100, high: 50, medium: 0, low: -50 };

function readMetadata(...[reading, entry, draft]: Parameters<KeyReader>): void {
  const value = readYamlKey(reading, entry);
  if (value === undefined || (value.kind === 'scalar' && value.value === null)) return;
  if (value.kind !== 'map')
    return reportWrongType(reading, value.span, '`metadata` has keys of its own, such as `priority: high`.');
  draft.metadata = toPlain(value) as Readonly<Record<string, unknown>>;
  const text = (key: string) => value.entries.find((field) => field.key === key)?.value;
  const [priority, version] = [text('priority'), text('version')];
  if (priority?.kind === 'scalar') assign(draft, 'metadataPriority', readPriority(priority.text));
  if (version?.kind === 'scalar')
    assign(draft, 'metadataVersion', readVersion(reading, { value: version.text, span: version.span }));
}

function readPriority(word: string): number | undefined {
  return priorityWords[word.toLowerCase()] ?? (/^[+-]?\d{1,9}$/.test(word) ? Number(word) : undefined);
}
