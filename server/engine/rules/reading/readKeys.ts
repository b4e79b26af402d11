import type { Span } from '../../documents/span.ts';
import { nearestWord } from '../vocabulary/nearestWord.ts';
import { createDraft, type Draft, type KeyReader } from './draft.ts';
import { hasErrorSince, report, unknownWord, type Reading } from './reading.ts';
import { scanKeys, type KeyEntry } from './scanKeys.ts';

export interface KeyTable {
  /** What the keys belong to, for messages: `a rule`. */
  readonly what: string;
  readonly readers: Readonly<Record<string, KeyReader>>;
  /** The keys of `readers`. */
  readonly known: ReadonlySet<string>;
  /** What to do with a line that is no key and belongs to none, as a sentence. */
  readonly onStrayLine: string;
  readonly lenient: boolean;
}

/** Reads all keys of frontmatter or of a block. */
export function readKeys(reading: Reading, region: Span, table: KeyTable): Draft {
  const draft = createDraft();
  const { entries, stray } = scanKeys(reading.text, region, table);
  for (const entry of entries) readKey(reading, entry, { draft, table });
  for (const span of stray.slice(0, maxStray)) reportStray(reading, span, { draft, table });
  const [further] = stray.slice(maxStray);
  if (further !== undefined) {
    const message = `${stray.length - maxStray} more lines from here on are no \`key: value\`.`;
    report(reading, { code: 'rule.bad-yaml', severity: 'error', message, span: further });
  }
  return draft;
}

/** Where the fence that closes frontmatter is missing or spoilt, every line of the text is one. */
const maxStray = 3;

interface KeyContext {
  readonly draft: Draft;
  readonly table: KeyTable;
}

function readKey(reading: Reading, entry: KeyEntry, { draft, table }: KeyContext): void {
  // Own keys only: a key named `constructor` is as unknown as any.
  const reader = table.known.has(entry.key) ? table.readers[entry.key] : undefined;
  if (reader === undefined) {
    report(reading, unknownKey(entry, table));
    return;
  }
  const earlier = draft.written.get(entry.key);
  // Which of two values is meant cannot be known, so the later one is not read.
  if (earlier !== undefined) return reportDuplicate(reading, { entry, earlier, draft });
  const before = reading.problems.length;
  draft.written.set(entry.key, entry.value);
  reader(reading, entry, draft);
  if (hasErrorSince(reading, before)) draft.failed.add(entry.key);
}

/** People keep notes of their own in frontmatter, such as `author`; no slip of a key is taken for one. */
function unknownKey(entry: KeyEntry, { known, what, lenient }: KeyTable) {
  const near = nearestWord(entry.key, known);
  const isNote = !lenient && near === undefined;
  return unknownWord({
    code: 'rule.unknown-key',
    severity: isNote ? 'hint' : 'warning',
    what: `key of ${what}`,
    word: entry.key,
    near,
    span: entry.keySpan,
    consequence: isNote ? 'It is ignored; notes of your own belong below `metadata`.' : 'It is ignored.',
  });
}

interface Duplicate {
  readonly entry: KeyEntry;
  readonly earlier: Span;
  readonly draft: Draft;
}

function reportDuplicate(reading: Reading, { entry, earlier, draft }: Duplicate): void {
  const text = (span: Span): string => reading.text.slice(span.start, span.end);
  const isSame = text(earlier) === text(entry.value);
  const message = isSame
    ? `\`${entry.key}\` is written twice; one of them can go.`
    : `\`${entry.key}\` is written twice with different values: keep the one that is meant.`;
  report(reading, {
    code: 'rule.duplicate-key',
    severity: isSame ? 'warning' : 'error',
    message,
    span: entry.keySpan,
  });
  if (!isSame) draft.failed.add(entry.key);
}

function reportStray(reading: Reading, span: Span, { draft, table }: KeyContext): void {
  const isFence = !table.lenient && /^---(?!-)./.test(reading.text.slice(span.start, span.end));
  const message = isFence
    ? 'This fence has text behind it, so it closes nothing: put that text on the next line.'
    : `This line is no \`key: value\`. ${table.onStrayLine}`;
  report(reading, { code: 'rule.bad-yaml', severity: 'error', message, span });
  draft.failed.add('*');
}
