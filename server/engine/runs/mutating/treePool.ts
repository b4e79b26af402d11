import type { ScratchTree } from '../../ports/scratch.ts';

/** Copies of the workspace that work is done in, one piece in each at a time. */
export interface TreePool {
  readonly size: number;
  /** Waits for a copy that is free, in the order of the calls. */
  use<Result>(work: (tree: ScratchTree) => Promise<Result>): Promise<Result>;
}

/** At least one tree, or nothing that is asked for ever begins. */
export function createTreePool(trees: readonly ScratchTree[]): TreePool {
  const free = [...trees];
  const waiting: ((tree: ScratchTree) => void)[] = [];
  const take = (): Promise<ScratchTree> => {
    const tree = free.shift();
    return tree === undefined ? new Promise((resolve) => void waiting.push(resolve)) : Promise.resolve(tree);
  };
  return {
    size: trees.length,
    async use(work) {
      const tree = await take();
      try {
        return await work(tree);
      } finally {
        const next = waiting.shift();
        if (next === undefined) free.push(tree);
        else next(tree);
      }
    },
  };
}
