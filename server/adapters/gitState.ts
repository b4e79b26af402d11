import type { GitState } from '../engine/ports/git.ts';

/**
 * Where one file stands. `run` gives what git prints, undefined where it fails. `git status` would do all of it in one
 * call, but to see what changed it may run a filter that the repository names.
 */
export async function readGitState(
  run: (args: readonly string[]) => Promise<string | undefined>,
  path: string,
): Promise<GitState | undefined> {
  const pathspec = ['--', `:(literal)${path}`];
  const [index, committed, others, branch, indexed] = await Promise.all([
    run(['ls-files', '-z', '-s', ...pathspec]),
    run(['--literal-pathspecs', 'ls-tree', '-z', 'HEAD', '--', path]),
    run(['ls-files', '-z', '-o', '--exclude-standard', ...pathspec]),
    run(['symbolic-ref', '--quiet', '--short', 'HEAD']),
    run(['cat-file', 'blob', `:./${path}`]),
  ]);
  if (index === undefined || others === undefined) return undefined;
  return {
    branch: branch?.trim(),
    staged: blobOf(index, 1) !== blobOf(committed ?? '', 2),
    untracked: others !== '',
    indexed,
  };
}

/** Mode and digest of the one file in a listing: `MODE DIGEST STAGE` of the index, `MODE TYPE DIGEST` of a commit. */
function blobOf(listing: string, digestAt: 1 | 2): string {
  const fields = listing.split('\t', 1)[0]?.split(' ') ?? [];
  return `${fields[0]} ${fields[digestAt] ?? ''}`;
}
