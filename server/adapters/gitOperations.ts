import { lstat, readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { GitOperation, GitOperations } from '../engine/ports/gitOperation.ts';

/** What git leaves in its folder while something is under way; `applying` marks what is no rebase. */
const marks: readonly (readonly [name: string, operation: GitOperation])[] = [
  ['rebase-merge', 'rebase'],
  ['rebase-apply/applying', 'am'],
  ['rebase-apply', 'rebase'],
  ['MERGE_HEAD', 'merge'],
  ['CHERRY_PICK_HEAD', 'cherry-pick'],
  ['REVERT_HEAD', 'revert'],
  ['BISECT_LOG', 'bisect'],
];

/** Looks at git's folder alone; git itself is not asked. */
export const gitOperations: GitOperations = {
  async underway(root) {
    const folder = await findGitFolder(resolve(root));
    if (folder === undefined) return undefined;
    for (const [name, operation] of marks) if (await exists(join(folder, name))) return operation;
    return undefined;
  },
};

/** Of a worktree it lies elsewhere: there a file `.git` names it. */
async function findGitFolder(root: string): Promise<string | undefined> {
  for (let folder = root; ; folder = dirname(folder)) {
    const git = join(folder, '.git');
    try {
      if ((await lstat(git)).isDirectory()) return git;
      const [, named] = /^gitdir: (.+)$/m.exec(await readFile(git, 'utf8')) ?? [];
      return named === undefined ? undefined : resolve(folder, named.trim());
    } catch {
      // There is none here, or it cannot be read: the folder above may have one.
    }
    if (folder === dirname(folder)) return undefined;
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch {
    return false;
  }
}
