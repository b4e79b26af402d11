/**
 * C3, the order in which Python looks for methods: parents before their own parents, and in the order written. Takes the
 * lineages of the parents, then the parents themselves; undefined when no order agrees with all of them.
 */
export function mergeLineages(lineages: readonly (readonly string[])[]): readonly string[] | undefined {
  const [only] = lineages;
  if (only !== undefined && lineages.every((lineage) => lineage === only || isOnlyHead(lineage, only)))
    return only;
  const queues = lineages.filter((lineage) => lineage.length > 0).map((lineage) => ({ lineage, at: 0 }));
  const behind = countBehind(lineages);
  const merged: string[] = [];
  while (queues.some(({ lineage, at }) => at < lineage.length)) {
    const next = queues.find(({ lineage, at }) => at < lineage.length && !behind.get(lineage[at] ?? ''));
    const head = next?.lineage[next.at];
    if (head === undefined) return undefined;
    merged.push(head);
    for (const queue of queues) {
      if (queue.lineage[queue.at] !== head) continue;
      queue.at += 1;
      const first = queue.lineage[queue.at];
      if (first !== undefined) behind.set(first, (behind.get(first) ?? 0) - 1);
    }
  }
  return merged;
}

/** The list of parents of a rule that has one. */
function isOnlyHead(lineage: readonly string[], of: readonly string[]): boolean {
  return lineage.length === 1 && lineage[0] === of[0];
}

/** In how many lineages each one still stands behind another. */
function countBehind(lineages: readonly (readonly string[])[]): Map<string, number> {
  const behind = new Map<string, number>();
  for (const lineage of lineages)
    for (const each of lineage.slice(1)) behind.set(each, (behind.get(each) ?? 0) + 1);
  return behind;
}
