/** An entry of `filters` or `actions`. */
export interface MergeableEntry {
  readonly id: string | undefined;
  /** Takes the entry of the same id away. */
  readonly remove: boolean;
}

/**
 * Lists of entries, root first: appended in that order; one with the id of an earlier one stands in its place, or takes
 * it away. Entries of one list do not replace one another.
 */
export function mergeEntries<Entry extends MergeableEntry>(
  lists: readonly (readonly Entry[])[],
): readonly Entry[] {
  let merged: readonly Entry[] = [];
  for (const list of lists) merged = addEntries(merged, list);
  return merged;
}

function addEntries<Entry extends MergeableEntry>(
  below: readonly Entry[],
  list: readonly Entry[],
): readonly Entry[] {
  if (list.length === 0) return below;
  if (below.length === 0 && !list.some(({ remove }) => remove)) return list;
  const merged: (Entry | undefined)[] = [...below];
  const added: Entry[] = [];
  for (const entry of list) {
    const at = entry.id === undefined ? -1 : below.findIndex(({ id }) => id === entry.id);
    if (at >= 0) merged[at] = entry.remove ? undefined : entry;
    else if (!entry.remove) added.push(entry);
  }
  return [...merged.filter((entry) => entry !== undefined), ...added];
}
