import type { Severity } from '../../../protocol/text.ts';
import type { Span } from '../../documents/span.ts';
import { nearestWord } from '../vocabulary/nearestWord.ts';
import { report, reportWrongType, unknownWord, type Reading } from './reading.ts';

/** A value as it was written, whether it stood on a plain key or inside YAML. */
export interface Written {
  readonly value: string;
  readonly span: Span;
}

/** Each reader returns undefined for an empty value, and for a wrong one after it was reported. */
export function readBoolean(reading: Reading, key: string, written: Written): boolean | undefined {
  if (written.value === '') return undefined;
  const word = written.value.toLowerCase();
  if (word === 'true') return true;
  if (word === 'false') return false;
  reportWrongType(reading, written.span, `\`${key}\` is true or false; nothing else is read.`);
  return undefined;
}

export function readInteger(reading: Reading, key: string, written: Written): number | undefined {
  if (written.value === '') return undefined;
  if (/^[+-]?\d{1,9}$/.test(written.value)) return Number(written.value);
  reportWrongType(reading, written.span, `\`${key}\` is a whole number.`);
  return undefined;
}

/** A whole number without an upper end. */
export function readWhole(reading: Reading, key: string, written: Written): number | undefined {
  if (written.value === '') return undefined;
  if (/^\+?\d{1,9}$/.test(written.value)) return Number(written.value);
  reportWrongType(reading, written.span, `\`${key}\` is a whole number, zero or more.`);
  return undefined;
}

/** A whole number from 0 to `most`. */
export function readCount(
  reading: Reading,
  { key, most }: { readonly key: string; readonly most: number },
  written: Written,
): number | undefined {
  if (written.value === '') return undefined;
  const value = /^\+?\d{1,9}$/.test(written.value) ? Number(written.value) : most + 1;
  if (value <= most) return value;
  reportWrongType(reading, written.span, `\`${key}\` is a whole number from 0 to ${most}.`);
  return undefined;
}

/** `80`, `80.5` or `80%`. */
export function readPercent(reading: Reading, key: string, written: Written): number | undefined {
  if (written.value === '') return undefined;
  const digits = /^\+?(\d{1,3}(?:\.\d{1,9})?)\s*%?$/.exec(written.value)?.[1];
  if (digits !== undefined && Number(digits) <= 100) return Number(digits);
  reportWrongType(reading, written.span, `\`${key}\` is a percentage from 0 to 100.`);
  return undefined;
}

export function readPositive(reading: Reading, key: string, written: Written): number | undefined {
  if (written.value === '') return undefined;
  const value = Number(written.value);
  if (/^\+?(?:\d+\.?\d*|\.\d+)$/.test(written.value) && Number.isFinite(value)) return value;
  reportWrongType(reading, written.span, `\`${key}\` is a number, zero or more.`);
  return undefined;
}

const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, min: 60_000, h: 3_600_000 };

/** `200ms`, `2s`, `10m`, `1h`; a bare number counts milliseconds. */
export function readDuration(reading: Reading, key: string, written: Written): number | undefined {
  if (written.value === '') return undefined;
  const match = /^(\d{1,9}(?:\.\d{1,3})?)\s*(ms|s|m|min|h)?$/.exec(written.value);
  if (match !== null) return Math.round(Number(match[1]) * (unitMs[match[2] ?? 'ms'] ?? 1));
  reportWrongType(reading, written.span, `\`${key}\` is a duration such as 500ms, 2s or 10m.`);
  return undefined;
}

/** One of a few words. */
export function readWord<Word extends string>(
  reading: Reading,
  { key, words }: { readonly key: string; readonly words: readonly Word[] },
  written: Written,
): Word | undefined {
  if (written.value === '') return undefined;
  const found = words.find((word) => word === written.value.toLowerCase());
  if (found === undefined) {
    report(
      reading,
      unknownWord({
        code: 'rule.wrong-type',
        severity: 'error',
        what: `value of \`${key}\``,
        word: written.value,
        near: nearestWord(written.value, words),
        span: written.span,
        consequence: `It is one of: ${words.join(', ')}.`,
      }),
    );
  }
  return found;
}

const severityWords: Readonly<Record<string, Severity>> = {
  error: 'error',
  critical: 'error',
  high: 'error',
  warning: 'warning',
  medium: 'warning',
  information: 'information',
  info: 'information',
  low: 'information',
  hint: 'hint',
};

export function readSeverity(reading: Reading, written: Written): Severity | undefined {
  const words = Object.keys(severityWords);
  const word = readWord(reading, { key: 'severity', words }, written);
  return word === undefined ? undefined : severityWords[word];
}

/** `1.0` reads as `1.0.0`; anything that is no version is kept as written, with a warning. */
export function readVersion(reading: Reading, written: Written): string | undefined {
  if (written.value === '') return undefined;
  const parts = /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?((?:\.\d+)*(?:-[\w.-]+)?(?:\+[\w.-]+)?)$/.exec(
    written.value,
  );
  if (parts !== null) return `${parts[1]}.${parts[2] ?? 0}.${parts[3] ?? 0}${parts[4] ?? ''}`;
  const message = 'This is no version: write digits with dots, such as 1.0.';
  report(reading, { code: 'rule.bad-version', severity: 'warning', message, span: written.span });
  return written.value;
}
