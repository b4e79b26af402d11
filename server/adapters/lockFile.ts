import { randomUUID } from 'node:crypto';
import {
  closeSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { isAlive, thisProcess, type Owner } from './journal/owner.ts';

/** For other processes; those of this one that stand before it take as long as they take. */
const waitMs = 10_000;
/** Between two looks, at random, so that none of several processes always comes too late. */
const longestPauseMs = 8;
/** Other processes look in between two of this one. */
const betweenMs = 2;
/** A claim names nobody for the moment between its creation and its writing; longer only if its maker died in it. */
const unwrittenMs = 2_000;

/** Claims of this process. */
const held = new Set<string>();

/** By path, the last of this process that wants the lock. One at a time looks at the file: many would keep the owner from its work. */
const lines = new Map<string, Promise<unknown>>();

/** Runs `work` while nobody else of this user holds `path`, in the order of the calls. A lock whose owner died is taken over. */
export async function withLock<Result>(path: string, work: () => Result | Promise<Result>): Promise<Result> {
  const before = lines.get(path);
  const mine = before
    ? before.then(() => pause(betweenMs)).then(() => holdLock(path, work))
    : holdLock(path, work);
  const over = mine.then(
    () => undefined,
    () => undefined,
  );
  lines.set(path, over);
  try {
    return await mine;
  } finally {
    if (lines.get(path) === over) lines.delete(path);
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

async function holdLock<Result>(path: string, work: () => Result | Promise<Result>): Promise<Result> {
  const deadline = Date.now() + waitMs;
  while (!claimFile(path)) {
    if (Date.now() > deadline)
      throw new Error('Another Codegen Lab process holds its settings for too long; close it and try again.');
    await pause(1 + Math.random() * longestPauseMs);
  }
  try {
    return await work();
  } finally {
    releaseFile(path);
  }
}

function readOwner(path: string): Owner | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Owner;
  } catch {
    // Gone meanwhile, or not written, or not to its end.
    return undefined;
  }
}

/** Makes `path` the claim of this process; false while a living process has it. The claim of a dead one is taken over. */
export function claimFile(path: string): boolean {
  const isClaimed = createClaim(path) || (isStale(path) && removeStale(path) && createClaim(path));
  if (isClaimed) held.add(path);
  return isClaimed;
}

/** Gives a claim up. Throws when the disk refuses; then what is left of it is nobody's. */
export function releaseFile(path: string): void {
  held.delete(path);
  rmSync(path, { force: true });
}

/** The living process that has claimed `path`, if there is one. */
export function claimant(path: string): Owner | undefined {
  const owner = readOwner(path);
  return owner !== undefined && holds(owner, path) ? owner : undefined;
}

function createClaim(path: string): boolean {
  let file: number;
  try {
    file = openSync(path, 'wx', 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return false;
  }
  try {
    // Unlike `writeSync`, it writes all or throws.
    writeFileSync(file, JSON.stringify(thisProcess()));
    return true;
  } catch (error) {
    rmSync(path, { force: true });
    throw error;
  } finally {
    closeSync(file);
  }
}

/** Two may find the same dead owner: what the later one moves away is then the claim of the earlier, and goes back. */
function removeStale(path: string): boolean {
  const aside = `${path}.${randomUUID()}`;
  try {
    renameSync(path, aside);
  } catch {
    // The other one was faster.
    return false;
  }
  const wasStale = isStale(aside);
  if (!wasStale) putBack(aside, path);
  rmSync(aside, { force: true });
  return wasStale;
}

function putBack(aside: string, path: string): void {
  try {
    linkSync(aside, path);
  } catch {
    // Claimed once more in that moment; there is no telling whose it is, and the next one waits.
  }
}

function isStale(path: string): boolean {
  const owner = readOwner(path);
  if (owner !== undefined) return !holds(owner, path);
  const found = statSync(path, { throwIfNoEntry: false });
  return found !== undefined && Date.now() - found.mtimeMs > unwrittenMs;
}

/** A claim of this process that it has given up is one that it could not remove. */
function holds(owner: Owner, path: string): boolean {
  const { pid, started } = thisProcess();
  return owner.pid === pid && owner.started === started ? held.has(path) : isAlive(owner);
}
