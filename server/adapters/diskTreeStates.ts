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
    const states: { readonly path: string; readonly state: string; readonly at: bigint }[] = [];
    let sliceEnd = performance.now() + sliceMs;
    for (const path of paths) {
      const found = lstatSync(join(root, path), { throwIfNoEntry: false, bigint: true });
      if (found !== undefined) {
        const state = `${found.ino}:${found.size}:${found.mtimeNs}:${found.ctimeNs}`;
        states.push({ path, state, at: found.mtimeNs });
      }
      if (performance.now() < sliceEnd) continue;
      await setImmediate();
      if (signal.aborted) return undefined;
      sliceEnd = performance.now() + sliceMs;
    }
    states.sort((a, b) => Number(b.at - a.at));
    return new Map(states.map(({ path, state }) => [path, state]));
  },
};
