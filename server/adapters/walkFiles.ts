import { readdirSync, type Dirent } from 'node:fs';
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
  const found: string[] = [];
  const folders = [''];
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
