import { existsSync, lstatSync, mkdirSync, realpathSync, symlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Scratch, ScratchOutcome, ScratchRequest } from '../engine/ports/scratch.ts';
import { listSources } from './diskFiles.ts';
import { findTracked } from './gitFiles.ts';
import { DiskScratchTree } from './diskScratchTree.ts';
import { createOwnedFolders, handToSandbox, removeQuietly, type OwnedFolders } from './ownedFolders.ts';
import { copyFiles, makeParents, own } from './scratchCopy.ts';
import { dependencyFolders } from './walkFiles.ts';

/** More than this is no project that can be tried out by copying it. */
const maxFiles = 100_000;

/** Copies of workspaces below a folder of the user's storage. Makes an end of those that a dead process left. */
export class DiskScratch implements Scratch {
  readonly #folders: OwnedFolders;
  readonly #mayHoldSecrets: (path: string) => boolean;

  /**
   * `mayHoldSecrets`: files that stay out unless version control has them, since what runs in a copy may print what it reads,
   * and a model reads what it prints.
   */
  constructor(storage: string, mayHoldSecrets: (path: string) => boolean) {
    this.#mayHoldSecrets = mayHoldSecrets;
    this.#folders = createOwnedFolders(join(storage, 'scratch'));
    void this.#folders.sweep();
  }

  async create(request: ScratchRequest, signal: AbortSignal): Promise<ScratchOutcome> {
    if (signal.aborted) return { kind: 'cancelled' };
    let made: { readonly location: string; readonly inner: string } | undefined;
    try {
      made = this.#folders.create(request.run);
      const sources = await this.#listShown(request.root, signal);
      const shown = new Set(sources);
      const unsaved = [...request.unsaved].filter(([path]) => shown.has(path) || !this.#mayHoldSecrets(path));
      const outcome = await fill({ ...request, sources, unsaved: new Map(unsaved) }, made, signal);
      if (outcome.kind !== 'ready') await removeQuietly(made.location);
      return outcome;
    } catch (error) {
      if (made !== undefined) await removeQuietly(made.location);
      if (signal.aborted) return { kind: 'cancelled' };
      return {
        kind: 'failed',
        message: `The workspace could not be copied to try the change out: ${(error as Error).message}`,
      };
    }
  }

  async #listShown(root: string, signal: AbortSignal): Promise<readonly string[]> {
    const sources = await listSources(root, signal);
    const secret = sources.filter(this.#mayHoldSecrets);
    if (secret.length === 0) return sources;
    const tracked = await findTracked(root, secret, signal);
    const hidden = new Set(secret.filter((path) => !tracked.has(path)));
    return sources.filter((path) => !hidden.has(path));
  }
}

async function fill(
  request: ScratchRequest & { readonly sources: readonly string[] },
  made: { readonly location: string; readonly inner: string },
  signal: AbortSignal,
): Promise<ScratchOutcome> {
  const { root, sources } = request;
  if (signal.aborted) return { kind: 'cancelled' };
  if (sources.length > maxFiles) return { kind: 'failed', message: tooMany(sources.length) };
  handToSandbox(made.inner);
  const copied = await copyFiles(root, made.inner, sources, signal);
  if (!copied.isComplete) return { kind: 'cancelled' };
  const dependencies = findDependencies(root, sources);
  for (const path of dependencies) placeDependency(request, made.inner, path);
  const tree = new DiskScratchTree({
    folder: made.location,
    location: made.inner,
    root,
    dependencies,
    sources: copied.files,
  });
  for (const [path, text] of request.unsaved) {
    // An ignored file stays out of the copy even if it is being edited: it may hold secrets.
    if (copied.files.has(path) || !existsSync(join(root, path))) await tree.begin(path, text);
  }
  await tree.seal();
  return { kind: 'ready', tree, files: copied.files.size };
}

/** Dependency folders stand beside what declares them, or at the top. */
function findDependencies(root: string, sources: readonly string[]): readonly string[] {
  const manifests = sources.filter(
    (path) => declaring.has(basename(path)) || basename(path).startsWith('requirements'),
  );
  const places = new Set(['.', ...manifests.map((path) => dirname(path))]);
  return [...places]
    .flatMap((place) => [...dependencyFolders].map((name) => (place === '.' ? name : `${place}/${name}`)))
    .filter((path) => isFolder(join(root, path)))
    .toSorted();
}

const declaring = new Set([
  'package.json',
  'pyproject.toml',
  'setup.py',
  'setup.cfg',
  'pytest.ini',
  'tox.ini',
  'Pipfile',
]);

function isFolder(path: string): boolean {
  try {
    return lstatSync(realpathSync(path)).isDirectory();
  } catch {
    // Not there.
    return false;
  }
}

function placeDependency(request: ScratchRequest, location: string, path: string): void {
  makeParents(location, dirname(path), new Set(['.']));
  const place = join(location, path);
  if (request.dependencies === 'linked')
    return symlinkSync(realpathSync(join(request.root, path)), place, 'junction');
  mkdirSync(place);
  own(place);
}

function tooMany(files: number): string {
  return `The workspace holds ${files} files that version control does not ignore, more than ${maxFiles}: too many to try the change out in a copy. Add build folders to .gitignore.`;
}
