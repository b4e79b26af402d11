import type { Matches } from './alignLines.ts';
import { findAnchors, isExactAt, readAnchor } from './findAnchors.ts';
import { findCandidates, type Candidate } from './findCandidates.ts';
import { foldLookAlikes } from './foldLookAlikes.ts';
import { identity, type Reindent } from './reindent.ts';
import { scanPlaces, type Place } from './scanPlaces.ts';
import { scanSimilar } from './scanSimilar.ts';
import { trustLevels, type Trust } from './trust.ts';

export type BlockLocation =
  | BlockPlace
  /** No place is equal enough. */
  | { readonly kind: 'missing'; readonly candidates: readonly Candidate[] }
  /** Several places are equally good. */
  | { readonly kind: 'ambiguous'; readonly candidates: readonly Candidate[] };

/** Whole lines, without the last one's line break. */
export interface BlockPlace {
  readonly kind: 'found';
  readonly start: number;
  readonly end: number;
  readonly trust: Trust;
  /** Brings lines that come new to the place's indentation. */
  readonly reindent: Reindent;
  /** Whether the blank lines that the block begins and ends with are in the span. */
  readonly withEdges: boolean;
  /** Of a similar place: which line of the block is which of its lines; undefined: all are, in a row. */
  readonly matches?: Matches;
}

/**
 * Finds the one place of a block of whole lines. Level by level, each unique or refused: a level that fits twice ends
 * the search, since what is ambiguous does not get clearer by overlooking more.
 *
 * @param search Lines that each end in \n, as parseAnswer gives them.
 */
export function locateBlock(text: string, search: string): BlockLocation {
  const block = search.endsWith('\n') ? search.slice(0, -1) : search;
  const anchor = readAnchor(block);
  if (anchor === undefined) return { kind: 'missing', candidates: findCandidates(text, block) };
  const anchors = findAnchors(text, anchor);
  return (
    decideExact(text, block, { anchors, offset: anchor.offset }) ??
    decide(text, block, scanPlaces(text, block, anchors)) ??
    decideLookAlikes(text, block) ??
    decideSimilar(text, block) ?? { kind: 'missing', candidates: findCandidates(text, block) }
  );
}

/** undefined: the block stands nowhere character by character. */
function decideExact(
  text: string,
  block: string,
  { anchors, offset }: { readonly anchors: readonly number[]; readonly offset: number },
): BlockLocation | undefined {
  let only: Pick<Place, 'start' | 'end'> | undefined;
  for (const at of anchors) {
    if (!isExactAt(text, block, at - offset)) continue;
    const place = { start: at - offset, end: at - offset + block.length };
    if (only !== undefined)
      return { kind: 'ambiguous', candidates: [only, place].map((each) => candidateAt(text, each)) };
    only = place;
  }
  return only && { kind: 'found', ...only, trust: 'exact', reindent: identity, withEdges: true };
}

function decide(text: string, block: string, places: readonly Place[]): BlockLocation | undefined {
  for (const trust of trustLevels) {
    const level = places.filter((place) => place.trust === trust);
    const [only] = level;
    if (only === undefined) continue;
    if (level.length > 1)
      return { kind: 'ambiguous', candidates: level.slice(0, 3).map((place) => candidateAt(text, place)) };
    if (only.reindent !== identity && !isTelling(block)) return undefined;
    return { kind: 'found', ...only };
  }
  return undefined;
}

/** Quotes, dashes and spaces that look alike are taken for the same; all else as before. */
function decideLookAlikes(text: string, block: string): BlockLocation | undefined {
  const foldedText = foldLookAlikes(text);
  const foldedBlock = foldLookAlikes(block);
  if (foldedText === text && foldedBlock === block) return undefined;
  const anchor = readAnchor(foldedBlock);
  if (anchor === undefined) return undefined;
  const found = scanPlaces(foldedText, foldedBlock, findAnchors(foldedText, anchor));
  const places = found.map((place): Place => ({ ...place, trust: 'look-alikes' }));
  return decide(text, block, places);
}

function decideSimilar(text: string, block: string): BlockLocation | undefined {
  const scan = scanSimilar(text, block);
  if (scan === undefined) return undefined;
  return { kind: 'found', ...scan, trust: 'similar', withEdges: false };
}

const tellingChars = 16;

/** Whether a block says enough to be found at another depth: `}` or `return` stands at many. */
function isTelling(block: string): boolean {
  return block.replace(/\s/g, '').length >= tellingChars;
}

function candidateAt(text: string, place: Pick<Place, 'start' | 'end'>): Candidate {
  let line = 0;
  for (let at = text.indexOf('\n'); at >= 0 && at < place.start; at = text.indexOf('\n', at + 1)) line += 1;
  return { line, text: text.slice(place.start, place.end) };
}
