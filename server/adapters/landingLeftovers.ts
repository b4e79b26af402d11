import { randomBytes } from 'node:crypto';
import { lstatSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Leftovers } from '../engine/ports/leftovers.ts';
import { openParentIfThere } from './noFollow.ts';

const runId = /^[a-z0-9]+$/u;
const drawn = /^[0-9a-f]{12}\.tmp$/u;

/**
 * Name of a file that a run writes beside one that it changes, and then gives that one's name. It tells the run, so that what is
 * left of a killed one is known to be its own; it does not hold the name beside it, which may be as long as names can be.
 */
export function temporaryNameOf(run: string): string {
  return `${prefixOf(run)}${randomBytes(6).toString('hex')}.tmp`;
}

function prefixOf(run: string): string {
  return `.codegen-lab-${run}-`;
}

/** Leftovers of landings on the disk. No link is followed on the way, and only plain files go. */
export const landingLeftovers: Leftovers = {
  async remove(root, run, paths) {
    if (!runId.test(run)) return;
    for (const path of paths) {
      try {
        removeBeside(root, path, prefixOf(run));
      } catch {
        // Its folder is a link now, or of another user: it is none of ours to clean.
      }
    }
  },
};

function removeBeside(root: string, path: string, prefix: string): void {
  const parent = openParentIfThere(root, path);
  if (parent === undefined) return;
  try {
    for (const name of readdirSync(parent.location)) {
      if (!name.startsWith(prefix) || !drawn.test(name.slice(prefix.length))) continue;
      const temporary = join(parent.location, name);
      if (lstatSync(temporary).isFile()) rmSync(temporary, { force: true });
    }
  } finally {
    parent.close();
  }
}
