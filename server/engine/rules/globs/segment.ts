import { findClassEnd } from './globLimits.ts';

/** One part of a glob between slashes. */
export type Segment =
  | { readonly kind: 'literal'; readonly text: string }
  /** `**` alone: any number of folders, also none. */
  | { readonly kind: 'globstar' }
  /** `*` and then plain text, such as `*.test.ts`; the text may be empty. */
  | { readonly kind: 'suffix'; readonly suffix: string }
  | Pattern;

export interface Pattern {
  readonly kind: 'pattern';
  readonly source: string;
  readonly tokens: readonly Token[];
  /** Plain text that every name begins with and ends with; they may overlap in a name unless `isStar`. */
  readonly head: string;
  readonly tail: string;
  /** Nothing but one `*` stands between them. */
  readonly isStar: boolean;
}

type Token =
  | { readonly kind: 'star' }
  | { readonly kind: 'any' }
  | { readonly kind: 'unit'; readonly code: number }
  | {
      readonly kind: 'class';
      readonly negated: boolean;
      readonly ranges: readonly (readonly [from: number, to: number])[];
    };

/** Reads one part that holds no slash and no brace to expand. */
export function parseSegment(source: string): Segment {
  if (source === '**') return { kind: 'globstar' };
  const tokens = tokenize(source);
  const [first, ...rest] = tokens;
  if (tokens.every(isUnit)) return { kind: 'literal', text: toText(tokens) };
  if (first?.kind === 'star' && rest.every(isUnit)) return { kind: 'suffix', suffix: toText(rest) };
  return toPattern(source, tokens);
}

/** Whether one name of a path matches; in time proportional to both lengths multiplied, whatever the pattern. */
export function matchSegment(segment: Segment, name: string): boolean {
  switch (segment.kind) {
    case 'literal':
      return segment.text === name;
    case 'globstar':
      return true;
    case 'suffix':
      return name.endsWith(segment.suffix);
    case 'pattern':
      return matchPattern(segment, name);
  }
}

function toPattern(source: string, tokens: readonly Token[]): Pattern {
  const first = tokens.findIndex((token) => !isUnit(token));
  const last = tokens.findLastIndex((token) => !isUnit(token));
  const head = toText(tokens.slice(0, first).filter(isUnit));
  const tail = toText(tokens.slice(last + 1).filter(isUnit));
  const isStar = first === last && tokens[first]?.kind === 'star';
  return { kind: 'pattern', source, tokens, head, tail, isStar };
}

function matchPattern({ head, tail, isStar, tokens }: Pattern, name: string): boolean {
  if (!name.startsWith(head) || !name.endsWith(tail)) return false;
  return isStar ? name.length >= head.length + tail.length : matchTokens(tokens, name);
}

function isUnit(token: Token): token is Token & { kind: 'unit' } {
  return token.kind === 'unit';
}

function toText(tokens: readonly (Token & { kind: 'unit' })[]): string {
  return tokens.map((token) => String.fromCharCode(token.code)).join('');
}

function tokenize(source: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < source.length; at += 1) {
    const character = source[at];
    const classEnd = character === '[' ? findClassEnd(source, at) : undefined;
    if (character === '*') {
      if (tokens.at(-1)?.kind !== 'star') tokens.push({ kind: 'star' });
    } else if (character === '?') tokens.push({ kind: 'any' });
    else if (classEnd !== undefined) {
      tokens.push(readClass(source.slice(at + 1, classEnd)));
      at = classEnd;
    } else {
      if (character === '\\' && at + 1 < source.length) at += 1;
      tokens.push({ kind: 'unit', code: source.charCodeAt(at) });
    }
  }
  return tokens;
}

function readClass(inner: string): Token {
  const negated = inner.startsWith('!') || inner.startsWith('^');
  const ranges: (readonly [number, number])[] = [];
  let at = negated ? 1 : 0;
  const readUnit = (): number => {
    if (inner[at] === '\\' && at + 1 < inner.length) at += 1;
    at += 1;
    return inner.charCodeAt(at - 1);
  };
  while (at < inner.length) {
    const from = readUnit();
    const isRange = inner[at] === '-' && at + 1 < inner.length;
    if (isRange) at += 1;
    ranges.push([from, isRange ? readUnit() : from]);
  }
  return { kind: 'class', negated, ranges };
}

/** Going back to the last star only is enough, since what a later star takes could be taken from no earlier one. */
function matchTokens(tokens: readonly Token[], name: string): boolean {
  let token = 0;
  let at = 0;
  let starToken = -1;
  let starAt = 0;
  while (at < name.length) {
    const current = tokens[token];
    if (current?.kind === 'star') {
      starToken = token;
      starAt = at;
      token += 1;
    } else if (current !== undefined && matchesUnit(current, name.charCodeAt(at))) {
      token += 1;
      at += 1;
    } else if (starToken >= 0) {
      starAt += 1;
      token = starToken + 1;
      at = starAt;
    } else return false;
  }
  while (tokens[token]?.kind === 'star') token += 1;
  return token === tokens.length;
}

function matchesUnit(token: Token, code: number): boolean {
  switch (token.kind) {
    case 'unit':
      return token.code === code;
    case 'class':
      return token.ranges.some(([from, to]) => code >= from && code <= to) !== token.negated;
    case 'any':
    case 'star':
      return true;
  }
}
