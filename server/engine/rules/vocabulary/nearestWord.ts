/** The known word that is most probably meant; undefined when none is near. */
export function nearestWord(word: string, known: Iterable<string>): string | undefined {
  const plain = normalise(word.slice(0, longestWord));
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(plain.length / 3)) + 1;
  for (const candidate of known) {
    const other = normalise(candidate);
    if (Math.abs(other.length - plain.length) >= bestDistance) continue;
    const distance = editDistance(plain, other, bestDistance);
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

const longestWord = 40;

/** The vocabulary is asked for with every unknown word, and a damaged file holds thousands of those. */
const normalised = new Map<string, string>();
const maxKept = 2000;

function normalise(word: string): string {
  const kept = normalised.get(word);
  if (kept !== undefined) return kept;
  const made = word.toLowerCase().replaceAll(/[\s_-]/g, '');
  if (normalised.size >= maxKept) normalised.clear();
  normalised.set(word, made);
  return made;
}

/** Three rows of the table of distances, by turns. */
const rowLength = 128;
const rows = [new Uint8Array(rowLength), new Uint8Array(rowLength), new Uint8Array(rowLength)] as const;

/** Insertions, deletions, replacements and swaps of neighbours; at least `limit` where it is no less. */
function editDistance(left: string, right: string, limit: number): number {
  let [beforeLast, last, current] = rows;
  if (right.length >= rowLength) return limit;
  for (let column = 0; column <= right.length; column += 1) last[column] = column;
  for (let row = 1; row <= left.length; row += 1) {
    current[0] = row;
    let least = row;
    for (let column = 1; column <= right.length; column += 1) {
      const isSame = left[row - 1] === right[column - 1];
      let cost = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (isSame ? 0 : 1),
      );
      const isSwapped =
        row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      if (isSwapped) cost = Math.min(cost, (beforeLast[column - 2] ?? 0) + 1);
      current[column] = cost;
      least = Math.min(least, cost);
    }
    // What follows costs no less than the least of a row, but for a swap over it.
    if (least > limit) return limit;
    [beforeLast, last, current] = [last, current, beforeLast];
  }
  return last[right.length] ?? 0;
}
