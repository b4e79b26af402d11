import { RE2JS } from 're2js';
import type { Patterns, PatternSearch } from '../ports/patterns.ts';
import { mapSurrogates } from '../rules/patterns/patternOutput.ts';
import { requiredTexts } from '../rules/patterns/requiredTexts.ts';
import { translatePattern, type Pattern } from '../rules/patterns/translatePattern.ts';

export interface PatternRequest {
  readonly source: string;
  /** Of `i`, `m` and `s`; an unknown one makes the result unknown. */
  readonly flags: string;
}

interface SearchContext {
  readonly patterns: Patterns;
  readonly signal: AbortSignal;
}

type Span = { readonly start: number; readonly end: number };

const maxMatches = 1000;

/**
 * Finds a rule's pattern in a text: with V8 where that cannot take long, in linear time where the pattern allows it,
 * else in a worker under a deadline. Gives the first `limit` matches, and may give more. Compiled patterns are kept.
 */
export async function searchPattern(
  request: PatternRequest,
  text: string,
  { patterns, signal }: SearchContext,
  limit = maxMatches,
): Promise<PatternSearch> {
  const compiled = compile(request);
  if (compiled.kind === 'invalid') return { kind: 'unknown', reason: `its pattern ${compiled.message}` };
  if (lacksRequired(compiled, text)) return { kind: 'matches', spans: [] };
  const spans = searchHere(compiled, text, limit);
  if (spans !== undefined) return { kind: 'matches', spans };
  const { source, flags } = compiled.pattern;
  return patterns.search({ source, flags }, text, signal);
}

/** Whether a look tells that it is not found; false says nothing. */
export function isSurelyAbsent(request: PatternRequest, text: string): boolean {
  const compiled = compile(request);
  return compiled.kind === 'compiled' && lacksRequired(compiled, text);
}

/** Whether it is found at all; `unknown` past the deadline. */
export async function testPattern(
  request: PatternRequest,
  text: string,
  context: SearchContext,
): Promise<boolean | 'unknown'> {
  const found = await searchPattern(request, text, context, 1);
  return found.kind === 'unknown' ? 'unknown' : found.spans.length > 0;
}

/** What a match and its groups are: their texts, the whole match first; undefined where a group has no part in it. */
export interface Captures {
  readonly groups: readonly (string | undefined)[];
  /** undefined: the pattern names no group. */
  readonly named: Readonly<Record<string, string | undefined>> | undefined;
}

/**
 * The groups of matches that `searchPattern` found in this text; undefined for what is no match, or when its groups are not
 * known in time.
 */
export async function captureMatches(
  request: PatternRequest,
  { text, spans }: { readonly text: string; readonly spans: readonly Span[] },
  { patterns, signal }: { readonly patterns: Patterns; readonly signal: AbortSignal },
): Promise<readonly (Captures | undefined)[]> {
  const compiled = compile(request);
  if (compiled.kind === 'invalid') return spans.map(() => undefined);
  const { source, flags } = compiled.pattern;
  if (!takesScript(compiled, text)) {
    // What the worker finds in time is found here in no more of it: the same engine, at the places where it succeeds.
    const timed = await patterns.search({ source, flags }, text, signal);
    if (timed.kind === 'unknown') return spans.map(() => undefined);
    const starts = new Set(timed.spans.map(({ start }) => start));
    return spans.map((span) =>
      starts.has(span.start) ? captureAt({ source, flags }, text, span) : undefined,
    );
  }
  return spans.map((span) => captureAt({ source, flags }, text, span));
}

function captureAt({ source, flags }: PatternRequest, text: string, span: Span): Captures | undefined {
  const sticky = new RegExp(source, `${flags}y`);
  sticky.lastIndex = span.start;
  const match = sticky.exec(text);
  return match === null || match[0].length !== span.end - span.start
    ? undefined
    : { groups: [...match], named: match.groups };
}

type Compiled =
  | { readonly kind: 'invalid'; readonly message: string }
  | {
      readonly kind: 'compiled';
      readonly pattern: Pattern;
      readonly script: RegExp | undefined;
      /** One of them stands in every match; undefined when that is not known. */
      readonly required: readonly string[] | undefined;
      /** Compiled when it is first needed; `null` when that engine refuses the pattern. */
      linear: RE2JS | null | undefined;
    };

// Keyed by what was written, and dropped together when there are too many: rules use some hundreds at most.
const cache = new Map<string, Map<string, Compiled>>();
const maxCached = 5000;

function compile({ source, flags }: PatternRequest): Compiled {
  // No key is made of the two: this is asked for each pattern and file.
  let ofFlags = cache.get(flags);
  if (ofFlags === undefined) cache.set(flags, (ofFlags = new Map<string, Compiled>()));
  const known = ofFlags.get(source);
  if (known !== undefined) return known;
  const compiled = compileNew(source, flags);
  if (ofFlags.size >= maxCached) ofFlags.clear();
  ofFlags.set(source, compiled);
  return compiled;
}

function compileNew(source: string, flags: string): Compiled {
  const translated = translatePattern(source, flags);
  if (translated.kind === 'invalid') return { kind: 'invalid', message: translated.message };
  const { pattern } = translated;
  const script = pattern.branches === undefined ? undefined : new RegExp(pattern.source, `${pattern.flags}g`);
  const required = requiredTexts(pattern.source, pattern.flags);
  return { kind: 'compiled', pattern, script, required, linear: undefined };
}

/** Most patterns find nothing in most files, and hold a word that is not there: to look for it costs next to nothing. */
function lacksRequired({ required }: Compiled & { readonly kind: 'compiled' }, text: string): boolean {
  return required !== undefined && !required.some((each) => text.includes(each));
}

const maxScriptSteps = 20_000_000;

/** undefined when only the worker can do it. */
function searchHere(
  compiled: Compiled & { readonly kind: 'compiled' },
  text: string,
  limit: number,
): readonly Span[] | undefined {
  const { pattern, script } = compiled;
  if (script !== undefined && takesScript(compiled, text)) return searchScript(script, text, limit);
  if (pattern.linear === undefined || differs(pattern, text)) return undefined;
  compiled.linear ??= compileLinear(pattern.linear);
  return compiled.linear === null ? undefined : searchLinear(compiled.linear, mapSurrogates(text), limit);
}

function takesScript({ pattern }: Compiled & { readonly kind: 'compiled' }, text: string): boolean {
  return (pattern.branches ?? Infinity) * text.length <= maxScriptSteps;
}

/** Where the two engines would not agree: line ends other than \n, and letters that fold onto k and s. */
function differs(pattern: Pattern, text: string): boolean {
  if (pattern.lineAnchors && /[\r\u2028\u2029]/.test(text)) return true;
  return pattern.flags.includes('i') && /[\u017F\u212A]/.test(text);
}

function compileLinear(source: string): RE2JS | null {
  try {
    return RE2JS.compile(source);
  } catch {
    // It has limits of its own on repetitions; the worker has none.
    return null;
  }
}

function searchScript(script: RegExp, text: string, limit: number): readonly Span[] {
  const spans: Span[] = [];
  for (const match of text.matchAll(script)) {
    spans.push({ start: match.index, end: match.index + match[0].length });
    if (spans.length >= limit) break;
  }
  return spans;
}

function searchLinear(engine: RE2JS, text: string, limit: number): readonly Span[] {
  const spans: Span[] = [];
  const matcher = engine.matcher(text);
  for (let at = 0; at <= text.length && spans.length < limit;) {
    if (!matcher.find(at)) break;
    const [start, end] = [matcher.start(), matcher.end()];
    spans.push({ start, end });
    at = end > start ? end : end + 1;
  }
  return spans;
}
