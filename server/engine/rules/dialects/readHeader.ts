import type { Located, Span } from '../../documents/span.ts';
import { readFrontmatterRegion, findEntry, type KeyRegion } from '../editing/keyRegion.ts';
import { createReading, report, type Reading } from '../reading/reading.ts';
import { readScalar } from '../reading/readScalar.ts';
import { splitFrontmatter } from '../reading/splitFrontmatter.ts';
import { splitList } from '../reading/splitList.ts';
import { startOf } from '../editing/lineBreaks.ts';

/** The frontmatter of another tool's rule file, read as tolerantly as our own. */
export interface DialectHeader {
  readonly reading: Reading;
  /** Fences included; empty where there is no frontmatter. */
  readonly span: Span;
  readonly body: Span;
  readonly keys: readonly { readonly key: string; readonly span: Span }[];
  has(key: string): boolean;
  /** The text of a key, empty when it is missing. */
  text(key: string): string;
  /** The entries of a key that is a list in any form; what is wrong with its form is reported. */
  list(key: string): readonly Located<string>[];
  /** Where the value of a key stands. */
  valueSpan(key: string): Span | undefined;
}

export function readHeader(text: string, hasFrontmatter: boolean): DialectHeader {
  const reading = createReading(text);
  const parts = hasFrontmatter ? splitFrontmatter(text) : undefined;
  const body = parts?.body ?? { start: startOf(text), end: text.length };
  const nothing = { start: body.start, end: body.start };
  if (parts === undefined || parts.kind === 'none')
    return createHeader(reading, { region: undefined, span: nothing, body });
  if (parts.kind === 'foreign' || parts.kind === 'unclosed') {
    const isForeign = parts.kind === 'foreign';
    const code = isForeign ? 'rule.foreign-frontmatter' : 'rule.unclosed-frontmatter';
    const message = isForeign
      ? 'Frontmatter in another language is not read: begin it with `---` alone.'
      : 'This frontmatter is not closed: write `---` on a line of its own below its last key.';
    report(reading, { code, severity: 'error', message, span: parts.fence });
    return createHeader(reading, { region: undefined, span: parts.fence, body });
  }
  const region = readFrontmatterRegion(text, parts.inner);
  for (const span of region.stray) {
    const message = 'This line is no `key: value`.';
    report(reading, { code: 'rule.bad-yaml', severity: 'error', message, span });
  }
  return createHeader(reading, { region, span: parts.whole, body });
}

interface HeaderParts {
  readonly region: KeyRegion | undefined;
  readonly span: Span;
  readonly body: Span;
}

function createHeader(reading: Reading, { region, span, body }: HeaderParts): DialectHeader {
  const entryOf = (key: string) => (region === undefined ? undefined : findEntry(region, key));
  return {
    reading,
    span,
    body,
    keys: (region?.entries ?? []).map((entry) => ({ key: entry.key, span: entry.keySpan })),
    has: (key) => entryOf(key) !== undefined,
    text: (key) => {
      const entry = entryOf(key);
      return entry === undefined ? '' : readScalar(reading, entry).value;
    },
    list: (key) => {
      const entry = entryOf(key);
      if (entry === undefined) return [];
      const { items, faults } = splitList(reading.text, entry);
      for (const { value, span: place } of faults)
        report(reading, { code: 'rule.bad-glob', severity: 'error', message: `This ${value}.`, span: place });
      return items;
    },
    valueSpan: (key) => entryOf(key)?.value,
  };
}
