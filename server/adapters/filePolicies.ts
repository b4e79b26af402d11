import { readFileSync, statSync } from 'node:fs';
import { posix, win32 } from 'node:path';
import type { FileRead, Files } from '../engine/ports/files.ts';
import type { Policies, PolicyText } from '../engine/ports/policies.ts';

export interface FilePoliciesOptions {
  /** Absolute; whoever administers the machine writes it. */
  readonly machineFile: string;
  /** The one that the user's settings name, absolute; empty: none. */
  readonly userFile: () => string;
  /** Of the team, relative to the workspace folder. */
  readonly teamPath: string;
  readonly files: Pick<Files, 'read'>;
}

const maxBytes = 1024 * 1024;
const never = new AbortController().signal;

/** Where the policy of a machine lies: a place that only its administrators can write. */
export function machinePolicyFile(
  environment: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
): string {
  return platform === 'win32'
    ? win32.join(environment['ProgramData'] ?? 'C:\\ProgramData', 'codegen-lab', 'policy.yaml')
    : posix.join('/etc', 'codegen-lab', 'policy.yaml');
}

export function createFilePolicies(options: FilePoliciesOptions): Policies {
  const { machineFile, userFile, teamPath, files } = options;
  return {
    async read(root) {
      const user = userFile();
      const machine = readOwn(machineFile);
      return [
        ...(machine === undefined ? [] : [{ file: machineFile, text: machine }]),
        ...(user === '' ? [] : [{ file: user, text: readNamed(user) }]),
        ...toPolicy(teamPath, await files.read(root, teamPath, never)),
      ];
    },
  };
}

/** Administrators may put links there. undefined: it is not there. */
function readOwn(path: string): PolicyText['text'] | undefined {
  try {
    if (statSync(path).size > maxBytes) return { unreadable: 'it is too large' };
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(path));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' || code === 'ENOTDIR' ? undefined : { unreadable: message };
  }
}

/** One that is named and not there was meant to hold. */
function readNamed(path: string): PolicyText['text'] {
  return readOwn(path) ?? { unreadable: 'codegenLab.policy.file names it, and it is not there' };
}

function toPolicy(file: string, read: FileRead): readonly PolicyText[] {
  switch (read.kind) {
    case 'text':
      return [{ file, text: read.text }];
    case 'missing':
      return [];
    case 'binary':
      return [{ file, text: { unreadable: 'it is no text' } }];
    case 'tooLarge':
      return [{ file, text: { unreadable: 'it is too large' } }];
    case 'unreadable':
      return [{ file, text: { unreadable: read.message } }];
  }
}
