import { fork, type ChildProcess } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createDiskEdits } from '../../adapters/diskEdits.ts';
import { DiskFiles } from '../../adapters/diskFiles.ts';
import type { Edits } from '../../engine/ports/edits.ts';
import type { ProposedFile } from '../../protocol/runEvents.ts';
import { differences, treeOf } from '../adversarial/watchedWorld.ts';
import { createSeededRandom } from '../seededRandom.ts';

export interface SwapPlan {
  /** How often something in the folder is to be swapped for a link, at least. */
  readonly swaps: number;
  readonly seed: number;
}

export interface SwapResult {
  readonly swaps: number;
  /** Landings and reads that were tried while something was swapped. */
  readonly landings: number;
  readonly landed: number;
  readonly reads: number;
  /** Reads that were refused or found nothing. */
  readonly kept: number;
  /** What went wrong; empty: nothing. */
  readonly faults: readonly string[];
}

const swapper = fileURLToPath(new URL('swapProcess.ts', import.meta.url));
const [inside, canary] = ['inside', 'canary-of-the-outside'] as const;

/** What stands in the folder and, to be mistaken for it, outside; the file that is read has another text there. */
const texts: Readonly<Record<string, string>> = {
  'spec/edited.js': 'before',
  'spec/gone.js': 'before',
  'spec/deep/edited.js': 'before',
  'spec/deep/gone.js': 'before',
  'spec/read.js': inside,
  'spec/deep/read.js': inside,
};

/**
 * Another process swaps a folder, a folder in it or a file for a link to the same outside, over and over, while edits land that
 * write, delete and make folders, are undone, and files are read. Nothing outside may change, and nothing of it may be read.
 */
export async function endureSwaps({ swaps, seed }: SwapPlan): Promise<SwapResult> {
  const base = mkdtempSync(join(tmpdir(), 'codegen-lab-swaps-'));
  const [root, outside] = [join(base, 'root'), join(base, 'outside')] as const;
  fill(root);
  cpSync(root, outside, { recursive: true });
  for (const path of ['spec/read.js', 'spec/deep/read.js']) writeFileSync(join(outside, path), canary);
  const before = treeOf(outside);
  const child = fork(swapper, [root, outside, join(base, 'away'), String(seed)], { stdio: 'inherit' });
  const counter = countSwaps(child);
  const totals = { landings: 0, landed: 0, reads: 0, kept: 0 };
  const faults: string[] = [];
  try {
    const random = createSeededRandom(seed);
    const files = new DiskFiles();
    const edits = createDiskEdits(files);
    for (let round = 0; counter.swaps() < swaps; round += 1) {
      if (!child.connected) throw new Error('The process that swaps has ended.');
      await landAndUndo(edits, { root, round, pick: random.fraction() }, totals);
      const path = random.fraction() < 0.5 ? 'spec/read.js' : 'spec/deep/read.js';
      const read = await files.read(root, path, new AbortController().signal);
      totals.reads += 1;
      if (read.kind !== 'text') totals.kept += 1;
      else if (read.text !== inside) faults.push(`round ${round}: ${path} was read outside`);
      // The child's messages are taken between the rounds.
      await new Promise((resolve) => setImmediate(resolve));
    }
  } finally {
    child.kill('SIGKILL');
    await counter.ended;
  }
  for (const path of differences(before, treeOf(outside))) faults.push(`outside/${path} changed`);
  const left = readdirSync(base).filter((name) => !['root', 'outside', 'away'].includes(name));
  for (const name of left) faults.push(`${name} was left beside the folder`);
  const swapped = counter.swaps();
  rmSync(base, { recursive: true, force: true, maxRetries: 5 });
  return { swaps: swapped, ...totals, faults };
}

function fill(root: string): void {
  mkdirSync(join(root, 'spec/deep'), { recursive: true });
  for (const [path, text] of Object.entries(texts)) writeFileSync(join(root, path), text);
}

/** One landing of several kinds of changes, and its undoing where it landed. */
async function landAndUndo(
  edits: Edits,
  { root, round, pick }: { readonly root: string; readonly round: number; readonly pick: number },
  totals: { landings: number; landed: number },
): Promise<void> {
  const { signal } = new AbortController();
  const folder = pick < 0.5 ? 'spec' : 'spec/deep';
  const wishes: Readonly<Record<string, string | undefined>> = {
    [`${folder}/edited.js`]: `after ${round}`,
    [`${folder}/made-${round % 7}/new.js`]: 'new',
    [`${folder}/gone.js`]: undefined,
  };
  const files: ProposedFile[] = [];
  for (const [path, after] of Object.entries(wishes)) {
    const before = await edits.current(root, path, signal).catch(() => undefined);
    files.push(changeOf(path, before, after));
  }
  const back = files.map(({ path, before, after }) => changeOf(path, after, before));
  for (const list of [files, back]) {
    totals.landings += 1;
    const end = await edits
      .land({ run: 'run', root, title: '', files: list }, signal)
      .catch(() => ({ kind: 'failed' as const }));
    if (end.kind !== 'landed') return;
    totals.landed += 1;
  }
}

function changeOf(path: string, before: string | undefined, after: string | undefined): ProposedFile {
  return { path, ...(before !== undefined && { before }), ...(after !== undefined && { after }) };
}

/** `swaps` is what the process told last; it tells every few. */
function countSwaps(child: ChildProcess): { readonly swaps: () => number; readonly ended: Promise<unknown> } {
  let swaps = 0;
  child.on('message', (told) => {
    if (typeof told === 'number') swaps = told;
  });
  return { swaps: () => swaps, ended: new Promise((resolve) => child.once('exit', resolve)) };
}
