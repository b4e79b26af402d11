const maxChars = 200;

/** 1 for equal texts, 0 for texts that share no two letters in a row. Looks at no more than the beginnings. */
export function likeness(left: string, right: string): number {
  if (left === right) return 1;
  const [shorter, longer] = [left.slice(0, maxChars), right.slice(0, maxChars)];
  const total = shorter.length + longer.length - 2;
  if (total <= 0) return 0;
  const open = countPairs(shorter);
  let shared = 0;
  for (let at = 0; at + 2 <= longer.length; at += 1) {
    const pair = longer.slice(at, at + 2);
    const count = open.get(pair) ?? 0;
    if (count === 0) continue;
    open.set(pair, count - 1);
    shared += 1;
  }
  return (2 * shared) / total;
}

function countPairs(text: string): Map<string, number> {
  const pairs = new Map<string, number>();
  for (let at = 0; at + 2 <= text.length; at += 1) {
    const pair = text.slice(at, at + 2);
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  }
  return pairs;
}
