import { createOutput, type PatternOutput } from './patternOutput.ts';
import { translateClass } from './translateClass.ts';
import { translateEscape } from './translateEscape.ts';

/** A rule's regular expression, in the two notations in which it can be run. */
export interface Pattern {
  /** JavaScript, without the flags `u` and `v`. */
  readonly source: string;
  /** Of `i`, `m` and `s`. */
  readonly flags: string;
  /**
   * The same for a linear-time engine, on a text whose surrogates are mapped by `mapSurrogates`; undefined when it
   * needs lookaround, back references or more repetitions than that engine has.
   */
  readonly linear: string | undefined;
  /** In how many ways one place of a text can be tried at most; undefined when it repeats something. */
  readonly branches: number | undefined;
  /** It holds `^` or `$` that mean lines. */
  readonly lineAnchors: boolean;
}

export type PatternTranslation =
  | { readonly kind: 'pattern'; readonly pattern: Pattern }
  | { readonly kind: 'invalid'; readonly message: string };

const maxPatternLength = 4096;

/**
 * Reads a JavaScript regular expression; what Python and PCRE write otherwise is translated: `(?i)` and its like at
 * the start, `\A`, `\Z`, `(?P<name>…)`, `(?P=name)`, `(?#…)`. `flags` may hold `i`, `m`, `s`; others are a fault.
 */
export function translatePattern(source: string, flags: string): PatternTranslation {
  const key = `${flags}/${source}`;
  const known = translated.get(key);
  if (known !== undefined) return known;
  const result = translateNew(source, flags);
  if (translated.size >= maxKept) translated.clear();
  if (source.length <= maxPatternLength) translated.set(key, result);
  return result;
}

// Every keystroke in a rule file asks for all of its patterns again, and all but one are as they were. Dropped together
// when there are too many.
const translated = new Map<string, PatternTranslation>();
const maxKept = 2000;

function translateNew(source: string, flags: string): PatternTranslation {
  if (source.length > maxPatternLength) return invalid(`is longer than ${maxPatternLength} characters`);
  const unknown = /[^ims]/.exec(flags)?.[0];
  if (unknown !== undefined)
    return invalid(`has the flag \`${unknown}\`: only i, m and s mean something here`);
  const prefix = readPrefix(source);
  if (typeof prefix === 'string') return invalid(prefix);
  const allFlags = [...new Set(flags + prefix.flags)].sort().join('');
  const output = createOutput(allFlags, source.length - prefix.length);
  const fault = translateRest(source, prefix.length, output);
  if (fault !== undefined) return invalid(fault);
  const script = output.script.join('');
  const refusal = findRefusal(script, allFlags);
  if (refusal !== undefined) return invalid(refusal);
  return { kind: 'pattern', pattern: finish(script, allFlags, output) };
}

function invalid(message: string): PatternTranslation {
  return { kind: 'invalid', message };
}

function finish(source: string, flags: string, output: PatternOutput): Pattern {
  const linear = output.linear?.join('');
  return {
    source,
    flags,
    linear: linear === undefined ? undefined : `${flags.includes('i') ? '(?i)' : ''}${linear}`,
    branches: output.repeats ? undefined : output.branches,
    lineAnchors: output.lineAnchors,
  };
}

function readPrefix(source: string): { readonly flags: string; readonly length: number } | string {
  const match = /^(?:\(\?[A-Za-z]+\))+/.exec(source)?.[0] ?? '';
  const letters = match.replaceAll(/[^A-Za-z]/g, '');
  // Python's u, a and L choose a character set, which does not matter to a JavaScript pattern.
  const unknown = /[^imsuaL]/.exec(letters)?.[0];
  if (unknown !== undefined) return `begins with \`(?${unknown})\`, which JavaScript cannot do`;
  return { flags: letters.replaceAll(/[^ims]/g, ''), length: match.length };
}

/** What V8 says is wrong, without the pattern that it repeats. */
function findRefusal(source: string, flags: string): string | undefined {
  try {
    RegExp(source, flags);
    return undefined;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return `is no valid pattern: ${message.slice(message.lastIndexOf(': ') + 2)}`;
  }
}

/** Returns a fault, or undefined when the whole pattern was translated. */
function translateRest(source: string, start: number, output: PatternOutput): string | undefined {
  for (let at = start; at < source.length;) {
    const step = translateOne(source, at, output);
    if (typeof step === 'string') return step;
    at = step;
  }
  return undefined;
}

/** Translates what stands at the offset and returns where the next thing stands, or a fault. */
function translateOne(source: string, at: number, output: PatternOutput): number | string {
  switch (source[at]) {
    case '\\':
      return translateEscape(source, at, output);
    case '[':
      return translateClass(source, at, output);
    case '(':
      return translateGroup(source, at, output);
    case '*':
    case '+':
    case '?':
    case '{':
      return translateQuantifier(source, at, output);
    default:
      return translateSymbol(source, at, output);
  }
}

function translateSymbol(source: string, at: number, output: PatternOutput): number {
  const character = source[at] ?? '';
  output.script.push(character);
  if (character === '.')
    output.emitLinear(output.flags.includes('s') ? '(?s:.)' : '[^\\n\\r\\x{2028}\\x{2029}]');
  else if (character === '^') output.anchor('(?m:^)', '\\A');
  else if (character === '$') output.anchor('(?m:$)', '\\z');
  else if (character === '|') output.branch();
  else if (character === ')') output.closeGroup();
  else output.literal(source.charCodeAt(at));
  return at + 1;
}

function translateGroup(source: string, at: number, output: PatternOutput): number | string {
  const rest = source.slice(at, at + 64);
  const comment = /^\(\?#[^)]*\)/.exec(rest)?.[0];
  if (comment !== undefined) return at + comment.length;
  const back = /^\(\?P=(\w+)\)/.exec(rest);
  if (back !== null) {
    output.script.push(`\\k<${back[1]}>`);
    output.linear = undefined;
    return at + back[0].length;
  }
  const named = /^\(\?P?<(?![=!])(\w+)>/.exec(rest);
  if (named !== null) return openGroup(output, { script: `(?<${named[1]}>`, end: at + named[0].length });
  const looks = /^\(\?(?:=|!|<=|<!)/.exec(rest)?.[0];
  if (looks !== undefined) {
    output.linear = undefined;
    return openGroup(output, { script: looks, end: at + looks.length });
  }
  if (rest.startsWith('(?:')) return openGroup(output, { script: '(?:', end: at + 3 });
  if (rest.startsWith('(?>')) return 'has an atomic group `(?>…)`, which JavaScript does not know';
  if (/^\(\?[A-Za-z-]+[:)]/.test(rest))
    return 'sets flags in its middle, which JavaScript cannot do: put them at the start';
  return openGroup(output, { script: '(', end: at + 1 });
}

function openGroup(output: PatternOutput, group: { readonly script: string; readonly end: number }): number {
  output.script.push(group.script);
  output.openGroup();
  return group.end;
}

const maxLinearRepeat = 1000;

function translateQuantifier(source: string, at: number, output: PatternOutput): number | string {
  const counted = /^\{(\d+)(?:(,)(\d*))?\}/.exec(source.slice(at, at + 40));
  if (source[at] === '{' && counted === null) {
    output.script.push('{');
    output.literal(123);
    return at + 1;
  }
  const quantifier = counted?.[0] ?? source[at] ?? '';
  const end = at + quantifier.length;
  if (source[end] === '+')
    return `has a possessive repetition \`${quantifier}+\`, which JavaScript does not know`;
  const lazy = source[end] === '?' ? '?' : '';
  output.script.push(quantifier, lazy);
  output.emitLinear(quantifier + lazy);
  output.repeat(quantifier);
  const largest = Math.max(Number(counted?.[1] ?? 0), Number(counted?.[3] ?? 0));
  if (largest > maxLinearRepeat) output.linear = undefined;
  return end + lazy.length;
}
