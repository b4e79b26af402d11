import { realpathSync, statSync, type Stats } from 'node:fs';
import { basename, dirname, isAbsolute, join, parse, relative, resolve, sep } from 'node:path';

export type PlacedRoot =
  | {
      readonly root: string;
      /** It was named, or looks like a workspace; false: it is taken because nothing does. */
      readonly isWorkspace: boolean;
    }
  | { readonly problem: string };

export interface PlacedFiles {
  /** Relative to the root, with `/`; the root itself is empty. */
  readonly files: readonly string[];
  readonly folders: readonly string[];
}

const markers = ['.git', '.cursor', '.codegen-lab'];

/**
 * The workspace folder: what `--root` names, else the nearest folder upwards that looks like one, else `cwd`. In the home
 * folder only `.git` counts, since editors keep their own settings in `~/.cursor`.
 */
export function placeRoot(rootFlag: string | undefined, cwd: string, home: string): PlacedRoot {
  if (rootFlag !== undefined) {
    const root = resolve(cwd, rootFlag);
    return kindOf(root) === 'folder'
      ? { root, isWorkspace: true }
      : { problem: `--root ${rootFlag} is not a folder.` };
  }
  for (let folder = cwd; ; folder = dirname(folder)) {
    const names = folder === home ? ['.git'] : markers;
    if (names.some((name) => kindOf(join(folder, name)) !== undefined))
      return { root: folder, isWorkspace: true };
    if (folder === parse(folder).root) return { root: cwd, isWorkspace: false };
  }
}

/** Files and folders as typed, found inside of `root`; the first that cannot be taken is the problem. */
export function placeFiles(
  names: readonly string[],
  { root, cwd }: { readonly root: string; readonly cwd: string },
): PlacedFiles | { readonly problem: string } {
  const files: string[] = [];
  const folders: string[] = [];
  for (const name of names) {
    const absolute = resolve(cwd, name);
    const kind = kindOf(absolute);
    if (kind === undefined) return { problem: `There is no file ${name}.` };
    if (kind === 'other') return { problem: `${name} is neither a file nor a folder.` };
    const path = pathInside(root, absolute) ?? pathInside(realPath(root), realPathOfName(absolute));
    if (path === undefined) {
      return {
        problem: `${name} lies outside of the workspace folder ${root}. Name another folder with --root.`,
      };
    }
    (kind === 'file' ? files : folders).push(path);
  }
  return { files, folders };
}

/** A file as typed, relative to the root; it need not exist. undefined when it lies outside. */
export function placeName(
  name: string,
  { root, cwd }: { readonly root: string; readonly cwd: string },
): string | undefined {
  return (
    pathInside(root, resolve(cwd, name)) ?? pathInside(realPath(root), realPathOfName(resolve(cwd, name)))
  );
}

/** The folder that stands for what was named first: itself, or the one that it lies in. */
export function folderOfName(name: string, cwd: string): string {
  const absolute = resolve(cwd, name);
  return kindOf(absolute) === 'folder' ? absolute : dirname(absolute);
}

function kindOf(path: string): 'file' | 'folder' | 'other' | undefined {
  let stats: Stats | undefined;
  try {
    stats = statSync(path, { throwIfNoEntry: false });
  } catch {
    // A part of the path is no folder, cannot be entered, or is a link to itself: there is nothing to work on.
    return undefined;
  }
  if (!stats) return undefined;
  if (stats.isFile()) return 'file';
  return stats.isDirectory() ? 'folder' : 'other';
}

function pathInside(root: string, absolute: string): string | undefined {
  const path = relative(root, absolute);
  if (path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path)) return undefined;
  return path.split(sep).join('/');
}

/** The way to the folder is followed, the name itself is not: whether a link may be followed is for the engine to judge. */
function realPathOfName(absolute: string): string {
  return join(realPath(dirname(absolute)), basename(absolute));
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
