import type { ScratchTree } from '../../ports/scratch.ts';

/** Works through items in their order, as many at once as there are copies, one in each. Results stand in the items' order. */
export async function inCopies<Item, Result>(
  trees: readonly ScratchTree[],
  items: readonly Item[],
  work: (item: Item, tree: ScratchTree) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  const queue = items.entries();
  const workers = trees.map(async (tree) => {
    for (const [at, item] of queue) results[at] = await work(item, tree);
  });
  await Promise.all(workers);
  return results;
}
