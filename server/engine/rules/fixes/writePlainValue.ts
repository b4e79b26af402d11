import type { Span } from '../../documents/span.ts';
import { nearestKnownWord } from './nearestKnownWord.ts';
import { readRegionAt } from './keyRegions.ts';
import { replaceText } from './replaceText.ts';
import type { FixFinder } from './ruleFix.ts';

/** `rule.wrong-type`: words that other notations have for true, false and durations; the nearest word of a list. */
export const writePlainValue: FixFinder = (document, problem) => {
  const { span } = problem;
  const word = document.text.slice(span.start, span.end).trim().toLowerCase();
  const key = keyAt(document, span);
  const newText = booleanKeys.has(key)
    ? booleans[word]
    : key === 'priority'
      ? priorities[word]
      : durationOf(key, word);
  if (newText === undefined) return nearestKnownWord(document, problem);
  return [replaceText(`Change to \`${newText}\``, { span, newText, isCertain: key !== 'priority' })];
};

function keyAt(document: Parameters<FixFinder>[0], { start }: Span): string {
  const region = readRegionAt(document, start);
  const entry = region?.entries.find(({ value }) => start >= value.start && start <= value.end);
  if (entry !== undefined && plainKeys.has(entry.key)) return entry.key;
  // Inside of `actions` and `filters` the key stands on the same line.
  const line = /([A-Za-z_]+)["']?[ \t]*:[ \t]*["']?$/.exec(
    document.text.slice(Math.max(0, start - 80), start),
  );
  return line?.[1] ?? '';
}

const booleanKeys: ReadonlySet<string> = new Set([
  ...['alwaysApply', 'enabled', 'abstract', 'negate', 'negated', 'remove', 'shell', 'idempotent', 'sandbox'],
  ...['may_change_tests', 'red_first', 'ratchet', 'show_missing', 'skip_covered'],
]);
const plainKeys: ReadonlySet<string> = new Set([...booleanKeys, 'priority', 'debounce']);

const booleans: Readonly<Record<string, string | undefined>> = {
  ...{ yes: 'true', y: 'true', on: 'true', '1': 'true', enabled: 'true', always: 'true' },
  ...{ no: 'false', n: 'false', off: 'false', '0': 'false', disabled: 'false', never: 'false' },
};

/** What the same words stand for in `metadata`. */
const priorities: Readonly<Record<string, string | undefined>> = {
  ...{ critical: '100', high: '50', medium: '0', normal: '0', low: '-50' },
};

const units: readonly (readonly [words: RegExp, unit: string])[] = [
  [/^(?:milliseconds?|millis|msecs?)$/, 'ms'],
  [/^(?:seconds?|secs?)$/, 's'],
  [/^(?:minutes?|mins?)$/, 'm'],
  [/^(?:hours?|hrs?)$/, 'h'],
];

function durationOf(key: string, word: string): string | undefined {
  if (key !== 'debounce' && key !== 'timeout') return undefined;
  const [, amount, written = ''] = /^(\d{1,6}(?:\.\d{1,3})?)\s*([a-z]+)$/.exec(word) ?? [];
  const unit = units.find(([words]) => words.test(written))?.[1];
  return amount === undefined || unit === undefined ? undefined : `${amount}${unit}`;
}
