import type { Severity } from '../../../protocol/text.ts';
import type { Patterns } from '../../ports/patterns.ts';
import type { Matcher, MatcherPattern } from '../../rules/matchers/matcher.ts';
import { severityOf } from '../../rules/matchers/readMatcher.ts';
import { captureMatches, searchPattern, type Captures } from '../../triggers/searchPattern.ts';

/** A problem as the output has it. */
export interface ReadProblem {
  readonly matcher: Matcher;
  readonly file: string;
  /** One-based, as tools count; undefined: the whole file. */
  readonly line: number | undefined;
  readonly column: number | undefined;
  readonly endLine: number | undefined;
  readonly endColumn: number | undefined;
  readonly severity: Severity;
  readonly code: string | undefined;
  readonly message: string;
}

export interface MatchedOutput {
  readonly problems: readonly ReadProblem[];
  /** Sentences: what kept a matcher from reading on. */
  readonly faults: readonly string[];
}

interface MatchContext {
  readonly patterns: Patterns;
  readonly signal: AbortSignal;
  /** Lets other work go on. */
  readonly pause: () => Promise<unknown>;
}

const maxLines = 50_000;
const maxLineLength = 2_000;
/** After so many lines others have their turn. */
const linesAtOnce = 500;
const maxProblems = 1_000;

/** The groups that one problem has been given by the lines read so far. */
type Parts = { -readonly [Key in Exclude<keyof MatcherPattern, 'regexp' | 'kind' | 'loop'>]?: string };

/**
 * Reads problems line by line. The first matcher that takes a line has it, and with a matcher of several lines those that
 * follow. A pattern that takes too long reads no further line.
 */
export async function matchProblems(
  matchers: readonly Matcher[],
  output: string,
  context: MatchContext,
): Promise<MatchedOutput> {
  const lines = output.split(/\r?\n/u, maxLines).map((line) => line.slice(0, maxLineLength));
  const problems: ReadProblem[] = [];
  const faults: string[] = [];
  let usable = matchers;
  let pauseAt = linesAtOnce;
  for (let at = 0; at < lines.length && problems.length < maxProblems && usable.length > 0;) {
    if (context.signal.aborted) break;
    if (at >= pauseAt) {
      await context.pause();
      pauseAt = at + linesAtOnce;
    }
    let taken = 0;
    for (const matcher of usable) {
      const read = await readAt(matcher, lines, at, context);
      if (read.fault !== undefined) {
        faults.push(`The problem matcher ${matcher.name} was given up: ${read.fault}.`);
        usable = usable.filter((each) => each !== matcher);
      }
      problems.push(...read.problems);
      taken = read.lines;
      if (taken > 0) break;
    }
    at += Math.max(1, taken);
  }
  return { problems: problems.slice(0, maxProblems), faults };
}

interface ReadLines {
  readonly problems: readonly ReadProblem[];
  /** How many lines belong to them; 0: the matcher takes none. */
  readonly lines: number;
  readonly fault?: string;
}

const nothing: ReadLines = { problems: [], lines: 0 };

async function readAt(
  matcher: Matcher,
  lines: readonly string[],
  start: number,
  context: MatchContext,
): Promise<ReadLines> {
  let parts: Parts = {};
  let at = start;
  for (const pattern of matcher.patterns) {
    const line = lines[at];
    const found = line === undefined ? undefined : await partsOf(pattern, line, context);
    if (found === undefined) return nothing;
    if ('fault' in found) return { ...nothing, ...found };
    at += 1;
    parts = { ...parts, ...found.parts };
  }
  const problems = [problemOf(matcher, parts)];
  const last = matcher.patterns.at(-1);
  while (last?.loop === true && problems.length < maxProblems) {
    const line = lines[at];
    const found = line === undefined ? undefined : await partsOf(last, line, context);
    if (found === undefined || 'fault' in found) break;
    at += 1;
    problems.push(problemOf(matcher, { ...parts, ...withoutGroups(last), ...found.parts }));
  }
  return { problems: problems.filter((each) => each !== undefined), lines: at - start };
}

/** What a line that repeats has to say itself. */
function withoutGroups(pattern: MatcherPattern): Parts {
  return Object.fromEntries(
    partKeys.flatMap((key) => (pattern[key] === undefined ? [] : [[key, undefined]])),
  );
}

const partKeys = [
  ...(['file', 'location', 'line', 'column', 'endLine', 'endColumn', 'severity', 'code', 'message'] as const),
];

async function partsOf(
  pattern: MatcherPattern,
  line: string,
  context: MatchContext,
): Promise<{ readonly parts: Parts } | { readonly fault: string } | undefined> {
  const captured = pattern.isOurs
    ? captureOurs(pattern.regexp, line)
    : await captureUnder(pattern.regexp, line, context);
  if (captured === undefined) return undefined;
  if ('fault' in captured) return captured;
  const parts: Parts = {};
  for (const key of partKeys) {
    const group = pattern[key];
    const text = group === undefined ? undefined : captured.groups[group]?.trim();
    if (text !== undefined && text !== '') parts[key] = text;
  }
  return { parts };
}

const compiled = new Map<string, RegExp>();

function captureOurs(source: string, line: string): Pick<Captures, 'groups'> | undefined {
  const known = compiled.get(source) ?? new RegExp(source);
  compiled.set(source, known);
  const match = known.exec(line);
  return match === null ? undefined : { groups: [...match] };
}

/** In linear time or under a deadline, as the patterns of rules run. */
async function captureUnder(
  source: string,
  line: string,
  context: MatchContext,
): Promise<Pick<Captures, 'groups'> | { readonly fault: string } | undefined> {
  const request = { source, flags: '' };
  const found = await searchPattern(request, line, context, 1);
  if (found.kind === 'unknown') return { fault: found.reason };
  const [span] = found.spans;
  if (span === undefined) return undefined;
  const [captured] = await captureMatches(request, { text: line, spans: [span] }, context);
  return captured ?? { fault: 'its pattern took too long to tell its groups' };
}

function problemOf(matcher: Matcher, parts: Parts): ReadProblem | undefined {
  const { file, message, severity, code, location } = parts;
  if (file === undefined || message === undefined) return undefined;
  const [line, column, endLine, endColumn] =
    location === undefined
      ? [parts.line, parts.column, parts.endLine, parts.endColumn].map(numberOf)
      : numbersOf(location);
  return {
    matcher,
    file,
    ...{ line, column, endLine, endColumn, code, message },
    severity: severityOf(severity) ?? matcher.severity,
  };
}

/** `line`, `line,column`, or both ends. */
function numbersOf(location: string): readonly (number | undefined)[] {
  const numbers = location.split(',').map((each) => numberOf(each.trim()));
  return numbers.length === 3 ? [numbers[0], numbers[1], undefined, numbers[2]] : numbers;
}

function numberOf(text: string | undefined): number | undefined {
  const number = text === undefined ? NaN : Number(text);
  return Number.isSafeInteger(number) && number >= 0 ? number : undefined;
}
