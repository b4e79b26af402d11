import type { CompiledGlob } from '../globs/compileGlob.ts';
import { matchSegment, type Segment } from '../globs/segment.ts';

/** Whether one glob certainly matches every path that the other matches; false where that cannot be told. */
export function globCovers(wide: CompiledGlob, narrow: CompiledGlob): boolean {
  return narrow.alternatives.every((segments) =>
    wide.alternatives.some(
      (pattern) => isEverything(pattern) || coversFrom({ pattern, segments, failed: new Set() }, 0, 0),
    ),
  );
}

/** Two stars, alone or before a folder of any name. */
function isEverything([first, second, third]: readonly Segment[]): boolean {
  if (first?.kind !== 'globstar' || third !== undefined) return false;
  return second === undefined || (second.kind === 'suffix' && second.suffix === '');
}

interface Covering {
  readonly pattern: readonly Segment[];
  readonly segments: readonly Segment[];
  /** Pairs of places from which it did not go on. */
  readonly failed: Set<number>;
}

function coversFrom(covering: Covering, at: number, other: number): boolean {
  const { pattern, segments, failed } = covering;
  const place = at * (segments.length + 1) + other;
  if (failed.has(place)) return false;
  const segment = pattern[at];
  const covered = segments[other];
  const holds =
    segment === undefined
      ? covered === undefined
      : segment.kind === 'globstar'
        ? coversFrom(covering, at + 1, other) ||
          (covered !== undefined && coversFrom(covering, at, other + 1))
        : covered !== undefined && segmentCovers(segment, covered) && coversFrom(covering, at + 1, other + 1);
  if (!holds) failed.add(place);
  return holds;
}

function segmentCovers(wide: Segment, narrow: Segment): boolean {
  if (narrow.kind === 'globstar') return false;
  if (narrow.kind === 'literal') return matchSegment(wide, narrow.text);
  if (wide.kind === 'suffix') return coversSuffix(wide.suffix, narrow);
  return wide.kind === 'pattern' && narrow.kind === 'pattern' && wide.source === narrow.source;
}

/** The plain characters at the end of a pattern are at the end of every name that it matches. */
function coversSuffix(suffix: string, narrow: Segment & { readonly kind: 'suffix' | 'pattern' }): boolean {
  if (narrow.kind === 'suffix') return narrow.suffix.endsWith(suffix);
  let end = '';
  for (const token of narrow.tokens.toReversed()) {
    if (token.kind !== 'unit') break;
    end = String.fromCharCode(token.code) + end;
  }
  return end.endsWith(suffix);
}
