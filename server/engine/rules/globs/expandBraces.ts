import { findClassEnd } from './globLimits.ts';

/**
 * The plain patterns that `{a,b}` and `{1..3}` stand for, in order; undefined when they are more than `limit`.
 * Braces without a comma or a range are text.
 */
export function expandBraces(pattern: string, limit: number): readonly string[] | undefined {
  if (!pattern.includes('{')) return [pattern];
  let expanded: readonly string[] = [''];
  for (const part of splitParts(pattern)) {
    const choices = part.alternatives === undefined ? [part.text] : expandAll(part.alternatives, limit);
    if (choices === undefined || choices.length * expanded.length > limit) return undefined;
    expanded = expanded.flatMap((start) => choices.map((choice) => start + choice));
  }
  return expanded;
}

function expandAll(alternatives: readonly string[], limit: number): readonly string[] | undefined {
  const all: string[] = [];
  for (const alternative of alternatives) {
    const expanded = expandBraces(alternative, limit);
    if (expanded === undefined || all.length + expanded.length > limit) return undefined;
    all.push(...expanded);
  }
  return all;
}

interface Part {
  readonly text: string;
  /** undefined for plain text. */
  readonly alternatives: readonly string[] | undefined;
}

/** Plain stretches and outermost braces, in order. */
function splitParts(pattern: string): readonly Part[] {
  const parts: Part[] = [];
  let plain = 0;
  let at = 0;
  while (at < pattern.length) {
    const end = pattern[at] === '{' ? findBraceEnd(pattern, at) : undefined;
    if (end === undefined) {
      at = skipOne(pattern, at);
      continue;
    }
    parts.push({ text: pattern.slice(plain, at), alternatives: undefined });
    const text = pattern.slice(at, end + 1);
    parts.push(readAlternatives(text));
    at = end + 1;
    plain = at;
  }
  parts.push({ text: pattern.slice(plain), alternatives: undefined });
  return parts;
}

function readAlternatives(text: string): Part {
  const inner = text.slice(1, -1);
  const alternatives = splitOutside(inner);
  if (alternatives.length > 1) return { text, alternatives };
  const range = expandRange(inner);
  if (range !== undefined) return { text, alternatives: range };
  // Escaped, so that the braces are not looked at again.
  return { text: `\\{${inner}\\}`, alternatives: [`\\{${inner}\\}`] };
}

const maxRange = 1000;

function expandRange(inner: string): readonly string[] | undefined {
  const match = /^(-?\d{1,15})\.\.(-?\d{1,15})$/.exec(inner) ?? /^([a-z])\.\.([a-z])$/i.exec(inner);
  const [first, last] = [match?.[1], match?.[2]];
  if (first === undefined || last === undefined) return undefined;
  const isNumber = /\d/.test(first);
  const from = isNumber ? Number(first) : first.charCodeAt(0);
  const to = isNumber ? Number(last) : last.charCodeAt(0);
  const step = from <= to ? 1 : -1;
  // One more than the limit is enough to be refused by it.
  const count = Math.min(Math.abs(to - from), maxRange) + 1;
  return Array.from({ length: count }, (_, index) => {
    const value = from + index * step;
    return isNumber ? String(value) : String.fromCharCode(value);
  });
}

/** Splits at commas that stand in no inner brace. */
function splitOutside(inner: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < inner.length; at = skipOne(inner, at)) {
    if (inner[at] === '{') depth += 1;
    else if (inner[at] === '}') depth -= 1;
    else if (inner[at] === ',' && depth === 0) {
      parts.push(inner.slice(start, at));
      start = at + 1;
    }
  }
  parts.push(inner.slice(start));
  return parts;
}

function findBraceEnd(pattern: string, open: number): number | undefined {
  let depth = 0;
  for (let at = open; at < pattern.length; at = skipOne(pattern, at)) {
    if (pattern[at] === '{') depth += 1;
    else if (pattern[at] === '}') depth -= 1;
    if (depth === 0) return at;
  }
  return undefined;
}

/** The next offset to look at: escapes and classes are passed over whole. */
function skipOne(pattern: string, at: number): number {
  if (pattern[at] === '\\') return at + 2;
  if (pattern[at] === '[') return (findClassEnd(pattern, at) ?? at) + 1;
  return at + 1;
}
