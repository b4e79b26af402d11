import type { Position } from '../../protocol/text.ts';

/** A report as JSON; undefined when it is none, for example because it was cut. */
export function parseReport(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Whoever asked says so.
    return undefined;
  }
}

/** What is no object has no fields. */
export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : {};
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value.map((each): unknown => each) : [];
}

/** undefined: it is no text, or an empty one. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** From a line and column that count from 1 (`columnBase`: from what the column counts). Anything else is the beginning. */
export function placeOf(line: unknown, column: unknown, columnBase: 0 | 1): Position {
  return { line: countOf(line, 1), character: countOf(column, columnBase) };
}

function countOf(value: unknown, base: number): number {
  return typeof value === 'number' && Number.isInteger(value) && value >= base && value < 1e9
    ? value - base
    : 0;
}

/** Addresses come from a program of a stranger and are shown as links. */
export function linkOf(value: unknown): { readonly learnMore: string } | Readonly<Record<never, never>> {
  const text = textOf(value);
  return text !== undefined && /^https:\/\/[\w./#?=&%~:-]+$/u.test(text) && text.length < 500
    ? { learnMore: text }
    : {};
}
