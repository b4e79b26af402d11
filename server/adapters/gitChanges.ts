import { join } from 'node:path';
import type { ChangedFile, ChangedFiles, GitChanges } from '../engine/ports/gitChanges.ts';
import { isBlob, readBlobs } from './gitBlobs.ts';
import { listGitFiles } from './gitFiles.ts';
import { callGit, type GitCall } from './runGit.ts';
import { resolveTrustedTool } from './trustedTool.ts';

/** Changes as the git on this machine tells them. */
export const gitChanges: GitChanges = {
  async staged(root, signal) {
    const git = resolveTrustedTool('git');
    if (git === undefined) return noGit;
    const call: GitCall = { git, root, signal, ofCommit: true };
    // Of the porcelain, since it alone knows what a first commit is compared with.
    const raw = await callGit(call, ['diff', '--cached', ...rawOptions, '--find-renames', '--relative']);
    if (raw === undefined) return noRepository(root);
    return withTexts(call, parseRaw(raw.toString('utf8')), 'staged');
  },
  async since(root, ref, signal) {
    const git = resolveTrustedTool('git');
    if (git === undefined) return noGit;
    const call: GitCall = { git, root, signal };
    if ((await print(call, ['rev-parse', '--git-dir'])) === undefined) return noRepository(root);
    const commit = await print(call, [
      'rev-parse',
      '--verify',
      '--quiet',
      '--end-of-options',
      `${ref}^{commit}`,
    ]);
    if (commit === undefined)
      return { kind: 'failed', message: `There is no revision ${ref} in this repository.` };
    const base = (await print(call, ['merge-base', commit, 'HEAD'])) ?? commit;
    const [tree, present] = await Promise.all([
      callGit(call, ['ls-tree', '-r', '-z', base]),
      listGitFiles(root, signal),
    ]);
    if (tree === undefined || present === undefined) return noRepository(root);
    return withTexts(call, compareTree(root, parseTree(tree.toString('utf8')), present), 'since');
  },
};

const rawOptions = ['--raw', '-z', '--no-abbrev', '--no-color', '--no-ext-diff', '--ignore-submodules=all'];

/** Of `MODE TYPE ID`, a tab and the path, each ended by NUL: the ids of files by their paths. */
function parseTree(tree: string): ReadonlyMap<string, string> {
  const blobs = new Map<string, string>();
  for (const entry of splitNul(tree)) {
    const tab = entry.indexOf('\t');
    const [mode = '', , id = ''] = entry.slice(0, tab).split(' ');
    if (isPlainFile(mode)) blobs.set(entry.slice(tab + 1), id);
  }
  return blobs;
}

/** By content and without git, which would run the filters that the repository names on the files that it compares. */
function compareTree(
  root: string,
  tree: ReadonlyMap<string, string>,
  present: readonly string[],
): readonly RawChange[] {
  const changes: RawChange[] = [];
  for (const path of present) {
    if (path.endsWith('/')) continue;
    const before = tree.get(path);
    if (before === undefined || !isBlob(join(root, path), before))
      changes.push({ path, before, after: undefined });
  }
  return changes;
}

const noGit: ChangedFiles = { kind: 'failed', message: 'There is no git on this machine.' };

function noRepository(root: string): ChangedFiles {
  return { kind: 'failed', message: `Git knows no repository in ${root}.` };
}

async function print(call: GitCall, args: readonly string[]): Promise<string | undefined> {
  const text = (await callGit(call, args))?.toString('utf8').trim();
  return text === '' ? undefined : text;
}

/** A file that is there after the change, and the blobs before and after it; undefined: none, or not known. */
interface RawChange {
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** `:MODE MODE BLOB BLOB STATUS`, then the path, then for a rename or copy the new path; each ended by NUL. */
function parseRaw(raw: string): readonly RawChange[] {
  const pieces = splitNul(raw);
  const changes: RawChange[] = [];
  for (let at = 0; at < pieces.length; at += 2) {
    const [, mode = '', before = '', after = '', status = ''] = pieces[at]?.split(' ') ?? [];
    if (/^[CR]/.test(status)) at += 1;
    const path = pieces[at + 1];
    if (path !== undefined && isPlainFile(mode))
      changes.push({ path, before: known(before), after: known(after) });
  }
  return changes;
}

/** No link, no repository inside of the repository, nothing that was deleted. */
function isPlainFile(mode: string): boolean {
  return mode.startsWith('100');
}

function known(blob: string): string | undefined {
  return /^0*$/.test(blob) ? undefined : blob;
}

function splitNul(text: string): readonly string[] {
  return text.split('\0').filter((piece) => piece !== '');
}

async function withTexts(
  call: GitCall,
  changes: readonly RawChange[],
  from: 'staged' | 'since',
): Promise<ChangedFiles> {
  const wanted = changes.flatMap(({ before, after }) => (from === 'staged' ? [before, after] : [before]));
  const texts = await readBlobs(call, wanted);
  if (texts === undefined) return { kind: 'failed', message: 'Git did not hand out the files that changed.' };
  const files = changes.flatMap(({ path, ...blobs }): readonly ChangedFile[] => {
    const before = blobs.before === undefined ? undefined : texts.get(blobs.before);
    const earlier = before === undefined ? {} : { before };
    if (from === 'since') return [{ path, ...earlier }];
    const text = blobs.after === undefined ? undefined : texts.get(blobs.after);
    // Binary, or larger than rules look at.
    return text === undefined ? [] : [{ path, text, ...earlier }];
  });
  return { kind: 'changed', files: files.toSorted((one, other) => (one.path < other.path ? -1 : 1)) };
}
