import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { TreeStates } from '../engine/ports/treeStates.ts';
import { listSources } from './diskFiles.ts';

const sliceMs = 8;

/** States of files on the disk: size, times and the file itself, without reading any. */
export const diskTreeStates: TreeStates = {
  async read(root, signal) {
    const paths = await listSources(root, signal).catch(() => undefined);
    if (paths === undefined) return undefined;
    const states = new Map<string, string>();
    let sliceEnd = performance.now() + sliceMs;
    for (const path of paths) {
      const found = lstatSync(join(root, path), { throwIfNoEntry: false, bigint: true });
      if (found !== undefined)
        states.set(path, `${found.ino}:${found.size}:${found.mtimeNs}:${found.ctimeNs}`);
      if (performance.now() < sliceEnd) continue;
      await setImmediate();
      if (signal.aborted) return undefined;
      sliceEnd = performance.now() + sliceMs;
    }
    return states;
  },
};
