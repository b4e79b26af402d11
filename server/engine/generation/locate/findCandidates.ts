/** A place that could have been meant, for the next try. */
export interface Candidate {
  /** Zero-based line of the file where `text` begins. */
  readonly line: number;
  readonly text: string;
}

const maxCandidates = 3;
const maxShownLines = 12;
const maxFileLines = 50_000;

/** The places that share most with a block that was not found, best first. Only shown, never written to. */
export function findCandidates(text: string, block: string): readonly Candidate[] {
  const lines = text.split('\n', maxFileLines);
  const wanted = block.split('\n').map((line) => line.trim());
  const height = Math.min(wanted.length, maxShownLines);
  return bestStarts(lines, wanted).map((start) => {
    const from = Math.max(0, start);
    return {
      line: from,
      text: lines
        .slice(from, from + height)
        .join('\n')
        .replaceAll('\r', ''),
    };
  });
}

/** Each line that the block shares votes for the place where the block would then begin. */
function bestStarts(lines: readonly string[], wanted: readonly string[]): readonly number[] {
  const votes = new Map<number, number>();
  const places = new Map<string, number[]>();
  wanted.forEach((line, index) => {
    if (line.length > 2) places.set(line, [...(places.get(line) ?? []), index].slice(0, 50));
  });
  lines.forEach((line, at) => {
    for (const index of places.get(line.trim()) ?? []) vote(votes, at - index, line.trim().length);
  });
  if (votes.size === 0) voteBySimilarity(lines, wanted, votes);
  return separate(
    [...votes].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([start]) => start),
    wanted.length,
  );
}

function vote(votes: Map<number, number>, start: number, weight: number): void {
  votes.set(start, (votes.get(start) ?? 0) + weight);
}

/** Starts that do not show the same lines again. */
function separate(starts: readonly number[], height: number): readonly number[] {
  const kept: number[] = [];
  for (const start of starts) {
    if (kept.every((other) => Math.abs(other - start) >= height)) kept.push(start);
    if (kept.length === maxCandidates) break;
  }
  return kept;
}

const leastSimilarity = 0.5;

function voteBySimilarity(
  lines: readonly string[],
  wanted: readonly string[],
  votes: Map<number, number>,
): void {
  const longest = wanted.reduce((best, line) => (line.length > best.length ? line : best), '').slice(0, 400);
  const index = wanted.findIndex((line) => line.startsWith(longest));
  const pairs = pairsOf(longest);
  if (pairs.size === 0) return;
  lines.forEach((line, at) => {
    const likeness = similarity(pairs, pairsOf(line.trim().slice(0, 400)));
    if (likeness >= leastSimilarity) vote(votes, at - index, likeness);
  });
}

function pairsOf(text: string): ReadonlySet<string> {
  const pairs = new Set<string>();
  for (let at = 0; at + 2 <= text.length; at += 1) pairs.add(text.slice(at, at + 2));
  return pairs;
}

/** Shared letter pairs: 1 for equal texts, 0 for texts that share none. */
function similarity(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let shared = 0;
  for (const pair of a) if (b.has(pair)) shared += 1;
  return (2 * shared) / (a.size + b.size);
}
