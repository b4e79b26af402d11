import type { Located } from '../../documents/span.ts';
import { compileGlob } from '../globs/compileGlob.ts';
import type { Segment } from '../globs/segment.ts';

/** The extensions of all files that these globs can match, without the dot; undefined where others are possible too. */
export function extensionsOfGlobs(globs: readonly Located<string>[]): readonly string[] | undefined {
  const found = new Set<string>();
  for (const { value } of globs) {
    const result = compileGlob(value);
    if (result.kind === 'refused') return undefined;
    if (result.glob.negated) continue;
    for (const segments of result.glob.alternatives) {
      const extension = extensionOf(segments.at(-1));
      if (extension === undefined) return undefined;
      found.add(extension);
    }
  }
  return found.size === 0 ? undefined : [...found];
}

function extensionOf(segment: Segment | undefined): string | undefined {
  const end = endOf(segment);
  const dot = end.lastIndexOf('.');
  // `build` may be a folder and `.x` a whole name: nothing is known of their extensions.
  return dot < 0 || dot === end.length - 1 ? undefined : end.slice(dot + 1);
}

function endOf(segment: Segment | undefined): string {
  if (segment?.kind === 'literal') return segment.text;
  return segment?.kind === 'suffix' ? segment.suffix : '';
}

/**
 * Whether a pattern on a name certainly matches no name with these extensions. Only patterns that are about the
 * extension alone can be told: `\.py$`, `\.(ts|tsx)$`, `\.[jt]sx?$`.
 */
export function matchesNoExtension(pattern: string, flags: string, extensions: readonly string[]): boolean {
  const body = /^\\\.([\w()|?:[\]]+)\$$/.exec(pattern)?.[1];
  if (body === undefined || hasOuterBar(body)) return false;
  try {
    const whole = new RegExp(`^(?:${body})$`, flags.includes('i') ? 'i' : '');
    return !extensions.some((extension) => whole.test(extension));
  } catch {
    // The pattern's own check says what is wrong with it.
    return false;
  }
}

function hasOuterBar(body: string): boolean {
  let depth = 0;
  for (const character of body) {
    if (character === '(') depth += 1;
    else if (character === ')') depth -= 1;
    else if (character === '|' && depth === 0) return true;
  }
  return false;
}
