import { readdirSync, type Dirent } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';

/** bwrap's time grows with the square of its mounts: 250 take half a second. Those nearest to the top come first. */
const maxPaths = 64;
const maxEntries = 200_000;
const sliceMs = 8;

/** Protected files and folders of a tree that exist, nearest to the top first. Links are neither listed nor followed. */
export async function findProtectedInTree(
  tree: string,
  isProtected: (path: string) => boolean,
  skip: ReadonlySet<string>,
): Promise<readonly string[]> {
  const found: string[] = [];
  const folders = [''];
  let seen = 0;
  let sliceEnd = performance.now() + sliceMs;
  for (
    let folder = folders.shift();
    folder !== undefined && found.length < maxPaths && seen < maxEntries;
    folder = folders.shift()
  ) {
    for (const entry of entriesOf(join(tree, folder))) {
      seen += 1;
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (skip.has(path) || entry.isSymbolicLink()) continue;
      if (isProtected(path)) found.push(path);
      else if (entry.isDirectory()) folders.push(path);
    }
    if (performance.now() < sliceEnd) continue;
    await setImmediate();
    sliceEnd = performance.now() + sliceMs;
  }
  return found.slice(0, maxPaths);
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    // Gone or closed to us: what we cannot list is not ours to protect.
    return [];
  }
}
