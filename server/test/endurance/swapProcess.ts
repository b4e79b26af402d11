import { renameSync, rmSync, symlinkSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { createSeededRandom } from '../seededRandom.ts';

/**
 * Swaps things of a folder for links to the same place outside, and back, without end, and tells how often: a folder, a folder
 * in it, a file. Started with the folder, the outside, a free name beside them, and a seed.
 */
const [root = '', outside = '', away = '', seed = '1'] = process.argv.slice(2);
const targets = [
  'spec',
  'spec/deep',
  'spec/edited.js',
  'spec/gone.js',
  'spec/read.js',
  'spec/deep/edited.js',
];
const random = createSeededRandom(Number(seed));
let swaps = 0;

function isDone(work: () => void): boolean {
  try {
    work();
    return true;
  } catch {
    // The product was faster, or holds it in another state.
    return false;
  }
}

/** Waits without giving way, so that the link stands for a while that differs. */
function stand(): void {
  const until = performance.now() + random.fraction() * 0.4;
  while (performance.now() < until);
}

function swap(path: string): void {
  const [here, there] = [join(root, path), join(outside, path)];
  if (!isDone(() => renameSync(here, away))) return;
  if (isDone(() => symlinkSync(there, here))) {
    swaps += 1;
    stand();
    isDone(() => unlinkSync(here));
  }
  if (!isDone(() => putBack(here))) isDone(() => putBack(here));
}

/** What the product made there in the meantime goes. No link is followed: nothing else is swapped now. */
function putBack(here: string): void {
  rmSync(here, { recursive: true, force: true, maxRetries: 3 });
  renameSync(away, here);
}

function work(): void {
  for (let count = 0; count < 20; count += 1) {
    const path = targets[Math.floor(random.fraction() * targets.length)] ?? '';
    swap(path);
    stand();
  }
  process.send?.(swaps);
  setImmediate(work);
}
work();
