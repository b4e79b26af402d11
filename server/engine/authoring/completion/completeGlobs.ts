import type { Span } from '../../documents/span.ts';
import type { AuthoringFile } from '../authoringFile.ts';
import { literal, type Proposal } from './proposal.ts';

const maxExtensions = 20;
const maxFolders = 100;

/** Globs of folders and extensions that the workspace has, relative to the folder of the rule. */
export function completeGlobs(
  file: AuthoringFile & { readonly offset: number },
  span: Span,
): readonly Proposal[] {
  const { document, offset, workspace } = file;
  const { scope } = document.file;
  const typed = document.text.slice(span.start, offset);
  const negation = typed.startsWith('!') ? '!' : '';
  const plain = typed.slice(negation.length).replace(/^\.?\//, '');
  const prefix = plain.slice(0, plain.lastIndexOf('/') + 1);
  const isFixed = !/[*?[\]{}]/.test(prefix);
  const folder = [scope, isFixed ? prefix.slice(0, -1) : ''].filter((part) => part !== '').join('/');
  const { extensions, folders } = summarize(workspace.all(), folder);
  const start = typed.slice(0, typed.length - plain.length) + prefix;
  const globs = [
    ...extensions.map(([name, count]) => ({
      glob: `${prefix.endsWith('**/') ? '' : '**/'}*.${name}`,
      count,
    })),
    ...(isFixed && prefix !== '' ? [{ glob: '**', count: sum(extensions) }] : []),
  ];
  return [
    ...globs.map(({ glob, count }): Proposal => proposeGlob(start + glob, files(count), span)),
    ...(isFixed
      ? folders.flatMap(([name, count]) => [
          { ...proposeGlob(`${start}${name}/**`, files(count), span), kind: 'folder' as const },
        ])
      : []),
  ];
}

function proposeGlob(glob: string, detail: string, span: Span): Proposal {
  return { kind: 'glob', label: glob, detail, snippet: literal(glob), span, filter: glob };
}

function files(count: number): string {
  return count === 1 ? '1 file' : `${count} files`;
}

function sum(counts: readonly (readonly [string, number])[]): number {
  return counts.reduce((total, [, count]) => total + count, 0);
}

interface FolderSummary {
  readonly extensions: readonly (readonly [string, number])[];
  readonly folders: readonly (readonly [string, number])[];
}

const known = new WeakMap<readonly string[], Map<string, FolderSummary>>();

/** How many files of each extension a folder has, and its folders; kept as long as the list of files is the same. */
function summarize(paths: readonly string[], folder: string): FolderSummary {
  const byFolder = known.get(paths) ?? new Map<string, FolderSummary>();
  known.set(paths, byFolder);
  const found = byFolder.get(folder) ?? count(paths, folder === '' ? '' : `${folder}/`);
  byFolder.set(folder, found);
  return found;
}

function count(paths: readonly string[], prefix: string): FolderSummary {
  const extensions = new Map<string, number>();
  const folders = new Map<string, number>();
  for (const path of paths) {
    if (!path.startsWith(prefix)) continue;
    const rest = path.slice(prefix.length);
    const slash = rest.indexOf('/');
    if (slash > 0) add(folders, rest.slice(0, slash));
    const extension = /[^/]\.([\w-]{1,20})$/.exec(rest)?.[1];
    if (extension !== undefined) add(extensions, extension);
  }
  return { extensions: largest(extensions, maxExtensions), folders: largest(folders, maxFolders) };
}

function add(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

function largest(counts: ReadonlyMap<string, number>, limit: number): readonly (readonly [string, number])[] {
  return [...counts].toSorted((left, right) => right[1] - left[1]).slice(0, limit);
}
