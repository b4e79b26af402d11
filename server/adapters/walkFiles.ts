import { lstatSync, readdirSync, type Dirent, type Stats } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';

/** Folders of installed code: never copied, listed or searched for rules. */
export const dependencyFolders: ReadonlySet<string> = new Set([
  'node_modules',
  '.venv',
  'venv',
  '__pypackages__',
  'bower_components',
]);

/** Folders of version control. */
const repositoryFolders: ReadonlySet<string> = new Set(['.git', '.hg', '.svn', '.jj']);

/** Folders that tools make and nobody edits; what version control would say is ignored there. */
const builtFolders: ReadonlySet<string> = new Set([
  ...[
    'dist',
    'build',
    'out',
    'target',
    'coverage',
    '.next',
    '.nuxt',
    '.turbo',
    '.cache',
    '.gradle',
    '.tox',
    '.nox',
    '.eggs',
  ],
  ...['__pycache__', '.mypy_cache', '.pytest_cache', '.ruff_cache', '.hypothesis', '.codegen-lab'],
]);

export interface WalkOptions {
  /** `sources` leaves out build folders too. */
  readonly into: 'sources' | 'all';
  readonly accepts?: (name: string) => boolean;
  /** Only these files and what lies in these folders; one that is not there is no fault. */
  readonly within?: readonly string[];
}

const sliceMs = 8;
const maxFiles = 500_000;

/**
 * Files and links below a folder, relative to it, never those of dependencies or of version control. Links are not
 * followed. Yields to other work every few milliseconds, since reading folders at once is far faster than awaiting
 * each. Stops without an error when the signal aborts.
 */
export async function walkFiles(
  root: string,
  options: WalkOptions,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { files: found, folders } = findStart(root, options);
  let sliceEnd = performance.now() + sliceMs;
  for (let folder = folders.pop(); folder !== undefined && found.length < maxFiles; folder = folders.pop()) {
    for (const entry of entriesOf(join(root, folder))) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (!entry.isDirectory()) {
        if ((entry.isFile() || entry.isSymbolicLink()) && (options.accepts?.(entry.name) ?? true))
          found.push(path);
      } else if (!isLeftOut(entry.name, options)) folders.push(path);
    }
    if (performance.now() < sliceEnd) continue;
    await setImmediate();
    if (signal.aborted) return found;
    sliceEnd = performance.now() + sliceMs;
  }
  return found;
}

interface Start {
  readonly files: string[];
  readonly folders: string[];
}

function findStart(root: string, options: WalkOptions): Start {
  if (options.within === undefined) return { files: [], folders: [''] };
  const start: Start = { files: [], folders: [] };
  for (const path of new Set(options.within)) {
    const names = path.split('/');
    const name = names.pop() ?? '';
    const above = names.map((_, index) => names.slice(0, index + 1).join('/'));
    if (names.some((each) => isLeftOut(each, options))) continue;
    if (!above.every((folder) => statAt(root, folder)?.isDirectory())) continue;
    const stats = statAt(root, path);
    if (stats?.isDirectory()) {
      if (!isLeftOut(name, options)) start.folders.push(path);
    } else if ((stats?.isFile() || stats?.isSymbolicLink()) && (options.accepts?.(name) ?? true))
      start.files.push(path);
  }
  return start;
}

function statAt(root: string, path: string): Stats | undefined {
  try {
    return lstatSync(join(root, path), { throwIfNoEntry: false });
  } catch {
    // Below a file, or closed to us.
    return undefined;
  }
}

function isLeftOut(name: string, options: WalkOptions): boolean {
  return (
    dependencyFolders.has(name) ||
    repositoryFolders.has(name) ||
    (options.into === 'sources' && builtFolders.has(name))
  );
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    // Gone, or closed to us: then there is nothing to list.
    return [];
  }
}
