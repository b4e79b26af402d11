import { accessSync, constants, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import type { FolderHealth, MachineHealth } from '../engine/ports/machineHealth.ts';
import { isAlive, type Owner } from './journal/owner.ts';
import type { UserStorage } from './journal/userStorage.ts';
import { runGit } from './runGit.ts';
import { resolveTrustedTool } from './trustedTool.ts';

/** This machine. `folder` is the absolute one of the user's own data, which `storage` reads. */
export function createMachineHealth(
  storage: UserStorage,
  folder: string,
  environment: NodeJS.ProcessEnv,
): MachineHealth {
  return {
    async versions(signal) {
      const git = resolveTrustedTool('git');
      const told = git === undefined ? undefined : await runGit(git, homedir(), ['--version'], signal);
      return {
        node: process.versions.node,
        platform: `${process.platform} ${process.arch}`,
        git: told === undefined ? undefined : (/\d[\w.]*/u.exec(told)?.[0] ?? told.trim()),
        home: homedir(),
      };
    },
    storage: () => examineFolder(folder),
    workspace: (root) => examineFolder(root),
    otherProcesses: async (root) => livingOwners(join(storage.workspace(root), 'owners')),
    secretValues: () =>
      Object.entries(environment).flatMap(([name, value]) =>
        isSecretName(name) && value !== undefined && value.length >= 6 ? [value] : [],
      ),
  };
}

function isSecretName(name: string): boolean {
  return /(?:key|token|secret|passw|passphrase|credential|auth)/iu.test(name);
}

/** A folder that is not there yet is judged by the one that it would be made in. */
async function examineFolder(path: string): Promise<FolderHealth> {
  let there = path;
  while (!existsSync(there) && dirname(there) !== there) there = dirname(there);
  return { path, unwritable: whyUnwritable(there), freeBytes: await freeBytesOf(there) };
}

function whyUnwritable(folder: string): string | undefined {
  try {
    accessSync(folder, constants.W_OK);
    return statSync(folder).isDirectory() ? undefined : 'it is no folder';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error);
  }
}

async function freeBytesOf(folder: string): Promise<number | undefined> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch {
    // Some file systems of a network do not tell.
    return undefined;
  }
}

/** Process numbers, without our own. */
function livingOwners(folder: string): readonly number[] {
  const owners = namesIn(folder).flatMap((name) => readOwner(join(folder, name)) ?? []);
  const pids = owners.filter((owner) => owner.pid !== process.pid && isAlive(owner)).map(({ pid }) => pid);
  return [...new Set(pids)].toSorted((one, other) => one - other);
}

function readOwner(path: string): Owner | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (typeof value !== 'object' || value === null) return undefined;
    const { pid, started } = value as Partial<Record<keyof Owner, unknown>>;
    return typeof pid === 'number' && typeof started === 'string' ? { pid, started } : undefined;
  } catch {
    // It was released meanwhile, or cut when its process died.
    return undefined;
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
