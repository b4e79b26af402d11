import type { HealthCheck } from '../../protocol/health.ts';
import type { FolderHealth } from '../ports/machineHealth.ts';
import { attention, bad, good } from './healthCheck.ts';
import type { HealthParts } from './healthParts.ts';

/** Below this a test run or a copy of the workspace may fill the disk. */
const leastFreeBytes = 500_000_000;

/** The oldest Node that the product runs on. */
const oldestNode = [20, 19] as const;

/** Versions, places on the disk, trust, variables and other processes. */
export async function examineInstallation(
  { machine, version, isTrusted, unknownVariables }: HealthParts,
  root: string,
  signal: AbortSignal,
): Promise<readonly HealthCheck[]> {
  const { node, platform, git } = await machine.versions(signal);
  const others = await machine.otherProcesses(root);
  return [
    examineNode(version, node, platform),
    git === undefined
      ? attention(
          'git',
          'Git',
          'git was not found, so nothing is known of what is committed, ignored or staged.',
          'Install git (https://git-scm.com).',
        )
      : good('git', 'Git', `git ${git}.`),
    examineStorage(await machine.storage()),
    examineWorkspace(await machine.workspace(root)),
    isTrusted(root)
      ? good('trust', 'Trust', 'This folder is trusted: its tests, and rules that you approved, may run.')
      : attention(
          'trust',
          'Trust',
          'This folder is not trusted: rules check files here, and nothing runs.',
          'Trust the workspace in the editor; on the command line give --trust or approve rules (codegen-lab approvals).',
        ),
    unknownVariables.length === 0
      ? good('environment', 'Environment', 'Every variable that looks like a setting is one.')
      : attention(
          'environment',
          'Environment',
          `No setting of this version, so without effect: ${unknownVariables.join(', ')}.`,
          'Correct the names (docs/command-line.md lists them), or remove the variables.',
        ),
    others.length === 0
      ? good('processes', 'Other processes', 'No other process of Codegen Lab writes here now.')
      : attention(
          'processes',
          'Other processes',
          `Another process of Codegen Lab works on this folder now (process ${others.join(', ')}).`,
          'That is safe: each run has one owner. If results surprise you, close the other window or command line.',
        ),
  ];
}

function examineNode(version: string, node: string, platform: string): HealthCheck {
  const seen = `Codegen Lab ${version} on Node ${node}, ${platform}.`;
  const [major = 0, minor = 0] = node.split('.').map(Number);
  const isOld = major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1]);
  return isOld
    ? bad('version', 'Version', seen, `Install Node ${oldestNode.join('.')} or newer.`)
    : good('version', 'Version', seen);
}

function examineStorage({ path, unwritable, freeBytes }: FolderHealth): HealthCheck {
  const title = 'Your own data';
  if (unwritable !== undefined)
    return bad(
      'storage',
      title,
      `${path} cannot be written (${unwritable}), and approvals, spending and the key of journals are kept there.`,
      'Make it writable, or name another folder with CODEGEN_LAB_STORAGE.',
    );
  return examineSpace('storage', title, `${path} can be written`, freeBytes);
}

function examineWorkspace({ path, unwritable, freeBytes }: FolderHealth): HealthCheck {
  const title = 'Workspace folder';
  if (unwritable !== undefined)
    return attention(
      'workspace',
      title,
      `${path} cannot be written (${unwritable}): no edit can land, and journals are kept with your own data.`,
      'Make the folder writable if rules shall edit its files.',
    );
  return examineSpace('workspace', title, `${path} can be written`, freeBytes);
}

function examineSpace(id: string, title: string, seen: string, freeBytes: number | undefined): HealthCheck {
  if (freeBytes === undefined) return good(id, title, `${seen}.`);
  const free = `${seen}, with ${renderBytes(freeBytes)} free.`;
  return freeBytes < leastFreeBytes
    ? attention(id, title, free, 'Make room on this disk: test runs and copies of the workspace need some.')
    : good(id, title, free);
}

function renderBytes(bytes: number): string {
  return bytes < 1_000_000_000
    ? `${Math.floor(bytes / 1_000_000)} MB`
    : `${Math.floor(bytes / 100_000_000) / 10} GB`;
}
