import { likeness } from './likeness.ts';

/** For each line of a block the line of a place that has its words; undefined: none has them. Numbers rise. */
export type Matches = readonly (number | undefined)[];

/** A line of the block and the line of the place that are known to be the same one. */
export interface Anchor {
  readonly line: number;
  readonly at: number;
}

/** What a line says: long ones say more, up to a point. */
export function weigh(words: string): number {
  return Math.min(words.length, 60) + 2;
}

/** The most words that can be shared in order, near to the anchor where that can be chosen. */
export function alignLines(
  block: readonly string[],
  place: readonly string[],
  { line, at }: Anchor,
): Matches {
  const above = alignPart(block.slice(0, line).toReversed(), place.slice(0, at).toReversed());
  const below = alignPart(block.slice(line + 1), place.slice(at + 1));
  return [
    ...above.toReversed().map((match) => (match === undefined ? undefined : at - 1 - match)),
    at,
    ...below.map((match) => (match === undefined ? undefined : at + 1 + match)),
  ];
}

function alignPart(block: readonly string[], place: readonly string[]): Matches {
  const width = place.length + 1;
  // The weight that the lines from `i` and `j` on can share, at i * width + j.
  const best = new Float64Array((block.length + 1) * width);
  const shareFrom = (i: number, j: number): number => best[i * width + j] ?? 0;
  for (let i = block.length - 1; i >= 0; i -= 1) {
    const words = block[i] ?? '';
    for (let j = place.length - 1; j >= 0; j -= 1) {
      const taken = words === place[j] ? weigh(words) + shareFrom(i + 1, j + 1) : 0;
      best[i * width + j] = Math.max(taken, shareFrom(i + 1, j), shareFrom(i, j + 1));
    }
  }
  const matches: (number | undefined)[] = [];
  let j = 0;
  for (const [i, words] of block.entries()) {
    const share = shareFrom(i, j);
    let at = j;
    while (at < place.length && !(words === place[at] && weigh(words) + shareFrom(i + 1, at + 1) === share))
      at += 1;
    const isTaken = at < place.length && share > 0;
    matches.push(isTaken ? at : undefined);
    if (isTaken) j = at + 1;
  }
  return matches;
}

/**
 * Without the matches that could as well be others: of equal lines in a row, of which the block has fewer or more than the
 * place, nobody knows which one is which.
 */
export function keepCertain(block: readonly string[], place: readonly string[], matches: Matches): Matches {
  const width = place.length + 1;
  const before = shares(block, place);
  const after = shares(block.toReversed(), place.toReversed());
  // The weight that can be shared before `i` and `j`, and from them on.
  const upTo = (i: number, j: number): number => before[i * width + j] ?? 0;
  const from = (i: number, j: number): number => after[(block.length - i) * width + place.length - j] ?? 0;
  const total = from(0, 0);
  return matches.map((match, i) => {
    if (match === undefined) return undefined;
    const words = block[i] ?? '';
    for (let j = 0; j <= place.length; j += 1) {
      if (upTo(i, j) + from(i + 1, j) === total) return undefined;
      const isOther = j !== match && words === place[j];
      if (isOther && upTo(i, j) + weigh(words) + from(i + 1, j + 1) === total) return undefined;
    }
    return match;
  });
}

/** The weight that the first `i` and the first `j` lines can share, at i * (lines of the place + 1) + j. */
function shares(block: readonly string[], place: readonly string[]): Float64Array {
  const width = place.length + 1;
  const best = new Float64Array((block.length + 1) * width);
  const shareAt = (i: number, j: number): number => best[i * width + j] ?? 0;
  for (const [i, words] of block.entries())
    for (const [j, other] of place.entries()) {
      const taken = words === other ? weigh(words) + shareAt(i, j) : 0;
      best[(i + 1) * width + j + 1] = Math.max(taken, shareAt(i, j + 1), shareAt(i + 1, j));
    }
  return best;
}

const leastLikeness = 0.5;

/**
 * How much of the block and of the place is shared: 1 for all, 0 for nothing. A line that stands where another one is
 * expected counts as far as the two are alike. What the place has before its first and after its last match is left out.
 */
export function scoreMatches(block: readonly string[], place: readonly string[], matches: Matches): number {
  const known = matches.filter((match) => match !== undefined);
  const first = known[0] ?? 0;
  const last = known.at(-1) ?? -1;
  let shared = 0;
  let total = 0;
  for (const words of block) total += weigh(words);
  for (const words of place.slice(first, last + 1)) total += weigh(words);
  let line = 0;
  let at = first;
  const pass = (lineEnd: number, atEnd: number): void => {
    if (lineEnd - line === atEnd - at) {
      for (let step = 0; line + step < lineEnd; step += 1)
        shared += shareOf(block[line + step] ?? '', place[at + step] ?? '');
    }
  };
  for (const [index, match] of matches.entries()) {
    if (match === undefined) continue;
    pass(index, match);
    shared += 2 * weigh(block[index] ?? '');
    line = index + 1;
    at = match + 1;
  }
  return total === 0 ? 0 : shared / total;
}

function shareOf(left: string, right: string): number {
  const alike = likeness(left, right);
  return alike < leastLikeness ? 0 : alike * (weigh(left) + weigh(right));
}
