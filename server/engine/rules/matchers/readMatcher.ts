import type { Severity } from '../../../protocol/text.ts';
import { translatePattern } from '../patterns/translatePattern.ts';
import { nearestWord } from '../vocabulary/nearestWord.ts';
import { builtinMatchers } from './builtinMatchers.ts';
import type { FileLocation, Matcher, MatcherPattern } from './matcher.ts';

/** A sentence that says what is wrong with it. */
export interface MatcherFault {
  readonly fault: string;
}

/**
 * A matcher as a rule or `tasks.json` writes it: `$NAME`, or a map with `pattern`, as VS Code has it. Keys that say how a
 * task that never ends is watched mean nothing here.
 */
export function readMatcher(value: unknown): Matcher | MatcherFault {
  if (typeof value === 'string') return namedMatcher(value);
  if (!isMap(value))
    return { fault: 'A problem matcher is a name such as `$tsc`, or has a `pattern` with a `regexp`.' };
  const base = typeof value['base'] === 'string' ? namedMatcher(value['base']) : undefined;
  if (base !== undefined && 'fault' in base) return base;
  const patterns = value['pattern'] === undefined ? base?.patterns : readPatterns(value['pattern']);
  if (patterns === undefined) return { fault: 'A problem matcher needs a `pattern` with a `regexp`.' };
  if ('fault' in patterns) return patterns;
  const location = value['fileLocation'] === undefined ? base?.location : readLocation(value['fileLocation']);
  if (location !== undefined && 'fault' in location) return location;
  return {
    name: textOf(value['source']) ?? textOf(value['owner']) ?? base?.name ?? 'problem',
    severity: severityOf(textOf(value['severity'])) ?? base?.severity ?? 'error',
    location: location ?? { kind: 'relative', base: undefined },
    patterns,
  };
}

/** What tools and people call severities; undefined: no word for one. */
export function severityOf(word: string | undefined): Severity | undefined {
  return word === undefined ? undefined : severities[word.toLowerCase()];
}

const severities: Readonly<Record<string, Severity>> = {
  error: 'error',
  err: 'error',
  e: 'error',
  fatal: 'error',
  warning: 'warning',
  warn: 'warning',
  w: 'warning',
  info: 'information',
  information: 'information',
  i: 'information',
  note: 'information',
  hint: 'hint',
  help: 'hint',
};

function namedMatcher(written: string): Matcher | MatcherFault {
  const name = written.replace(/^\$/u, '');
  const known = Object.hasOwn(builtinMatchers, name) ? builtinMatchers[name] : undefined;
  if (known !== undefined) return known;
  const names = Object.keys(builtinMatchers);
  const near = nearestWord(name, names);
  const meant =
    near === undefined
      ? `Known are ${names.map((each) => `\`$${each}\``).join(', ')}.`
      : `Did you mean \`$${near}\`?`;
  return { fault: `No problem matcher is called \`${written}\`. ${meant}` };
}

function readPatterns(value: unknown): readonly MatcherPattern[] | MatcherFault {
  if (typeof value === 'string') {
    const named = namedMatcher(value);
    return 'fault' in named ? named : named.patterns;
  }
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  const patterns: MatcherPattern[] = [];
  for (const [at, item] of items.entries()) {
    const read = readPattern(item, items.length === 1);
    if ('fault' in read) return read;
    if (read.loop && at < items.length - 1)
      return { fault: 'Only the last `pattern` of a problem matcher may have `loop`.' };
    patterns.push(read);
  }
  if (patterns.length === 0) return { fault: 'A problem matcher needs a `pattern` with a `regexp`.' };
  const has = (key: 'file' | 'message'): boolean => patterns.some((each) => each[key] !== undefined);
  if (!has('file') || !has('message'))
    return { fault: 'The `pattern` of a problem matcher says which groups are `file` and `message`.' };
  const isPlaced = patterns.some(
    ({ line, location, kind }) => (line ?? location) !== undefined || kind === 'file',
  );
  return isPlaced
    ? patterns
    : { fault: 'The `pattern` of a problem matcher says which group is the `line`, or has `kind: file`.' };
}

const groupKeys = [
  'file',
  'location',
  'line',
  'endLine',
  'endColumn',
  'severity',
  'code',
  'message',
] as const;

function readPattern(value: unknown, isOnly: boolean): MatcherPattern | MatcherFault {
  if (!isMap(value) || typeof value['regexp'] !== 'string')
    return { fault: 'A `pattern` of a problem matcher needs a `regexp`.' };
  const translated = translatePattern(value['regexp'], '');
  if (translated.kind === 'invalid')
    return { fault: `The \`regexp\` of a problem matcher ${translated.message}.` };
  const groups: Partial<Record<(typeof groupKeys)[number] | 'column', number>> = {};
  for (const key of [...groupKeys, 'column', 'character'] as const) {
    const group = value[key];
    if (group === undefined || group === null) continue;
    const number = typeof group === 'string' ? Number(group) : group;
    if (typeof number !== 'number' || !Number.isInteger(number) || number < 0 || number > 99)
      return { fault: `\`${key}\` in the \`pattern\` of a problem matcher is the number of a group.` };
    groups[key === 'character' ? 'column' : key] = number;
  }
  const kind = value['kind'] === 'file' ? 'file' : 'location';
  // As in VS Code: one pattern without numbers has file, line, column and the whole match.
  const usual = isOnly
    ? {
        file: 1,
        message: 0,
        ...(kind === 'file' || groups.location !== undefined ? {} : { line: 2, column: 3 }),
      }
    : {};
  const { file, location, line, column, endLine, endColumn, severity, code, message } = {
    ...usual,
    ...groups,
  };
  return {
    regexp: value['regexp'],
    isOurs: false,
    kind,
    ...{ file, location, line, column, endLine, endColumn, severity, code, message },
    loop: value['loop'] === true || value['loop'] === 'true',
  };
}

function readLocation(value: unknown): FileLocation | MatcherFault {
  const parts: readonly unknown[] = Array.isArray(value) ? value : [value];
  const [kind, base] = parts;
  if (kind !== 'relative' && kind !== 'absolute' && kind !== 'autoDetect')
    return {
      fault: '`fileLocation` is `relative`, `absolute` or `autoDetect`; a folder may follow in a list.',
    };
  const folder = textOf(base)?.replace(/^\$\{(?:workspaceFolder|workspaceRoot)\}\/?/u, '');
  if (folder?.includes('${') === true)
    return { fault: `\`fileLocation\` knows no variable but \`\${workspaceFolder}\`.` };
  return { kind, base: folder };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
