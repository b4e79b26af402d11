import { expandBraces } from './expandBraces.ts';
import { findGlobFault, maxExpansions } from './globLimits.ts';
import { matchSegment, parseSegment, type Segment } from './segment.ts';

/** A glob that is ready to be matched. */
export interface CompiledGlob {
  /** It began with `!`: what it matches is excluded. */
  readonly negated: boolean;
  /** What its braces stand for; a path matches if one of them does. */
  readonly alternatives: readonly (readonly Segment[])[];
}

export type GlobCompilation =
  | { readonly kind: 'compiled'; readonly glob: CompiledGlob }
  /** `fault` continues a sentence that begins with the glob. */
  | { readonly kind: 'refused'; readonly fault: string };

// Globs repeat: `**/*.ts` stands in many rules, and each is read, indexed and matched. Dropped together when there are
// too many.
const compiled = new Map<string, GlobCompilation>();
const maxKept = 10_000;

/** Checks the limits before anything is expanded. What was compiled is kept. */
export function compileGlob(source: string): GlobCompilation {
  const known = compiled.get(source);
  if (known !== undefined) return known;
  const result = compileNew(source);
  if (compiled.size >= maxKept) compiled.clear();
  compiled.set(source, result);
  return result;
}

function compileNew(source: string): GlobCompilation {
  const fault = findGlobFault(source);
  if (fault !== undefined) return { kind: 'refused', fault };
  const negated = source.startsWith('!');
  const plain = (negated ? source.slice(1) : source).replace(/^(?:\.?\/)+/, '');
  const slashed = usesBackslashes(plain) ? plain.replaceAll('\\', '/') : plain;
  // A folder stands for what is in it.
  const expanded = expandBraces(slashed.endsWith('/') ? `${slashed}**` : slashed, maxExpansions);
  if (expanded === undefined) {
    return { kind: 'refused', fault: `stands for more than ${maxExpansions} patterns: use fewer braces` };
  }
  const alternatives = expanded.map((each) => parseSegments(each)).filter((each) => each.length > 0);
  if (alternatives.length === 0) return { kind: 'refused', fault: 'is empty' };
  return { kind: 'compiled', glob: { negated, alternatives } };
}

/** Written with the separators of Windows: `src\app\*.ts`. A backslash in a glob with slashes escapes. */
export function usesBackslashes(glob: string): boolean {
  return !glob.includes('/') && /\w\\[\w*]/.test(glob);
}

/** `path` as its names; the same list can be matched against many globs. */
export function matchGlob(glob: CompiledGlob, names: readonly string[]): boolean {
  return glob.alternatives.some((segments) => matchSegments(segments, names));
}

export function splitPath(path: string): readonly string[] {
  return path.split('/');
}

function parseSegments(pattern: string): readonly Segment[] {
  const segments: Segment[] = [];
  for (const source of pattern.split('/')) {
    if (source === '' || source === '.') continue;
    const segment = parseSegment(source);
    if (segment.kind === 'globstar' && segments.at(-1)?.kind === 'globstar') continue;
    segments.push(segment);
  }
  // As picomatch has it: `a/**` also matches a file `a`, but `*/**` only what lies in a folder.
  const [before, last] = segments.slice(-2);
  if (last?.kind === 'globstar' && before !== undefined && endsWithStar(before)) segments.push(anyName);
  return segments;
}

const anyName: Segment = { kind: 'suffix', suffix: '' };

function endsWithStar(segment: Segment): boolean {
  if (segment.kind === 'pattern') return segment.tokens.at(-1)?.kind === 'star';
  return segment.kind === 'suffix' && segment.suffix === '';
}

/** As in `matchSegment`, going back to the last `**` is enough. */
function matchSegments(segments: readonly Segment[], names: readonly string[]): boolean {
  let segment = 0;
  let at = 0;
  let starSegment = -1;
  let starAt = 0;
  while (at < names.length) {
    const current = segments[segment];
    if (current?.kind === 'globstar') {
      starSegment = segment;
      starAt = at;
      segment += 1;
    } else if (current !== undefined && matchSegment(current, names[at] ?? '')) {
      segment += 1;
      at += 1;
    } else if (starSegment >= 0) {
      starAt += 1;
      segment = starSegment + 1;
      at = starAt;
    } else return false;
  }
  while (segments[segment]?.kind === 'globstar') segment += 1;
  return segment === segments.length;
}
