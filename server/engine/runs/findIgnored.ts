import type { Files } from '../ports/files.ts';
import { findPathFault } from '../triggers/decideFirings.ts';

interface IgnoredParts {
  readonly files: Pick<Files, 'list'>;
  readonly root: string;
}

/** Of files that a listing of the folder has: that leaves out what version control ignores. */
export const notIgnored = (): boolean => false;

/**
 * Whether a path in one of the usual dependency and build folders is ignored. Version control decides where there is a
 * repository: projects keep sources of their own in folders such as `build`. Any other path costs nothing and is not.
 */
export async function findIgnored(
  { files, root }: IgnoredParts,
  path: string,
  signal: AbortSignal,
): Promise<(path: string) => boolean> {
  if (findPathFault(path) === undefined) return notIgnored;
  try {
    const isListed = (await files.list(root, signal, [path])).includes(path);
    return () => !isListed;
  } catch {
    // Where files cannot be listed, the usual folders are ignored.
    return () => true;
  }
}
