/** Does the work for each item, at most `hands` at a time, and returns what came of them in their order. */
export async function inParallel<Item, Result>(
  items: readonly Item[],
  hands: number,
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results = new Map<number, Result>();
  const line = items.entries();
  const hand = async (): Promise<void> => {
    for (const [at, item] of line) results.set(at, await work(item));
  };
  await Promise.all(Array.from({ length: Math.max(1, Math.min(hands, items.length)) }, hand));
  return items.flatMap((_item, at) => {
    const result = results.get(at);
    return result === undefined ? [] : [result];
  });
}
