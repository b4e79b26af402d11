import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const waitLimitMs = 15 * 60_000;

/**
 * Runs `work` while this process alone holds the lock at `path`, so that two tasks started at once do not both
 * install. A lock whose owner is no longer alive is taken over.
 *
 * @template T
 * @param {string} path
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withInstallLock(path, work) {
  await acquire(path);
  const release = () => rmSync(path, { recursive: true, force: true });
  process.once('exit', release);
  try {
    return await work();
  } finally {
    process.off('exit', release);
    release();
  }
}

async function acquire(path) {
  mkdirSync(dirname(path), { recursive: true });
  const deadline = Date.now() + waitLimitMs;
  let announced = false;
  while (!tryAcquire(path)) {
    if (isAbandoned(path)) rmSync(path, { recursive: true, force: true });
    if (Date.now() > deadline)
      throw new Error(`Another install holds ${path}. Delete it if none is running.`);
    if (!announced) console.error('Waiting for another task that is installing ...');
    announced = true;
    await delay(200);
  }
}

function tryAcquire(path) {
  try {
    mkdirSync(path);
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
  writeFileSync(join(path, 'pid'), String(process.pid));
  return true;
}

function isAbandoned(path) {
  const pid = readOwner(path);
  if (pid === undefined) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    // EPERM means that the owner lives but belongs to somebody else.
    return error.code === 'ESRCH';
  }
}

function readOwner(path) {
  try {
    const pid = Number(readFileSync(join(path, 'pid'), 'utf8'));
    return Number.isInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    // The owner has made the directory and not yet written its id, or has just let go.
    return undefined;
  }
}
