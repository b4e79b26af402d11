import type { ScratchTree } from '../../ports/scratch.ts';

/** Texts that actions of a run have given to files so far; undefined: the file is deleted. */
export type Layer = ReadonlyMap<string, string | undefined>;

/** The copy as the next action finds it: what earlier ones edited counts as the text that it begins with. */
export function layeredTree(tree: ScratchTree, layer: Layer): ScratchTree {
  return {
    location: tree.location,
    root: tree.root,
    dependencies: tree.dependencies,
    read: (path) => tree.read(path),
    original: async (path) => (layer.has(path) ? layer.get(path) : tree.original(path)),
    write: (path, text) => tree.write(path, text),
    changed: (signal) => tree.changed(signal),
    async reset() {
      await tree.reset();
      for (const [path, text] of layer) await tree.write(path, text);
    },
    dispose: () => tree.dispose(),
  };
}
