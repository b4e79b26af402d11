import { chmodSync, chownSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder that can be written to and begins with what another one holds, which stays as it is. */
export interface LinkedCache {
  readonly location: string;
  readonly dispose: () => void;
}

/** More than this costs more time than building again. */
const maxLinks = 100_000;

/**
 * Go's build cache for one run: folders of its own with a link for every file of the person's cache. What a run adds is gone
 * with it, so that nothing that a model wrote reaches a later run. `owner`: whom the folders are given to.
 */
export function linkCache(cache: string, owner: number | undefined): LinkedCache {
  const location = mkdtempSync(join(tmpdir(), 'codegen-lab-cache-'));
  own(location, owner);
  let links = 0;
  for (const name of foldersOf(cache)) {
    const folder = join(location, name);
    mkdirSync(folder);
    own(folder, owner);
    for (const file of readdirSync(join(cache, name))) {
      if (links >= maxLinks) break;
      symlinkSync(join(cache, name, file), join(folder, file));
      links += 1;
    }
  }
  return { location, dispose: () => rmSync(location, { recursive: true, force: true }) };
}

/** `00` to `ff`. */
function foldersOf(cache: string): readonly string[] {
  return readdirSync(cache).filter((name) => /^[\da-f]{2}$/u.test(name));
}

function own(folder: string, owner: number | undefined): void {
  if (owner === undefined) return;
  chmodSync(folder, 0o755);
  chownSync(folder, owner, owner);
}
