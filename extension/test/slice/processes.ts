import { readlinkSync } from 'node:fs';
import { findProcesses } from '../../../scripts/host/watchProcesses.ts';

/** Whether processes can be looked up here. */
export const seesProcesses = process.platform === 'linux';

/** All language servers of this window's extension host. */
export function findServers(): readonly number[] {
  return findProcesses('server.cjs', `--clientProcessId=${process.pid}`);
}

/** The language server of this window's extension host. */
export function findServer(): number {
  const found = findServers();
  const [server, ...more] = found;
  if (server === undefined || more.length > 0)
    throw new Error(`Servers of this window: ${found.join(', ')}.`);
  return server;
}

/** The processes that run a test file of this window's workspace. */
export function findTestRuns(root: string, path: string): readonly number[] {
  return findProcesses('--test', path).filter((pid) => folderOf(pid) === root);
}

function folderOf(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    // It has ended, or it is not ours to look into.
    return undefined;
  }
}
