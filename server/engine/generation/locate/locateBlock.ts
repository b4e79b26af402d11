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
  const first = text.indexOf(anchor.words);
  // Nearly every block stands where its longest line does, so that the rest of the text is looked through once.
  if (first >= 0 && isExactAt(text, block, first - anchor.offset))
    return decideExact(text, block, first - anchor.offset);
  const anchors = first < 0 ? [] : findAnchors(text, anchor, first);
  const exact = anchors.find((at) => isExactAt(text, block, at - anchor.offset));
  if (exact !== undefined) return decideExact(text, block, exact - anchor.offset);
  return (
    decide(text, block, scanPlaces(text, block, anchors)) ??
    decideLookAlikes(text, block) ??
    decideSimilar(text, block) ?? { kind: 'missing', candidates: findCandidates(text, block) }
  );
}

/** `start`: the first place where the block stands character by character. */
function decideExact(text: string, block: string, start: number): BlockLocation {
  const place = { start, end: start + block.length };
  let second = text.indexOf(block, start + 1);
  while (second >= 0 && !isExactAt(text, block, second)) second = text.indexOf(block, second + 1);
  if (second < 0) return { kind: 'found', ...place, trust: 'exact', reindent: identity, withEdges: true };
  const other = { start: second, end: second + block.length };
  return { kind: 'ambiguous', candidates: [place, other].map((each) => candidateAt(text, each)) };
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
