import type { WorkspacePaths } from '../globs/workspacePaths.ts';
import type { RuleCatalog } from '../ruleCatalog.ts';
import { isOneSlip } from '../vocabulary/oneSlip.ts';

export interface NearWorld {
  readonly catalog: RuleCatalog;
  readonly paths: WorkspacePaths;
  /** Path of the file that refers. */
  readonly from: string;
}

/**
 * The reference as it would be without a slip of one letter; undefined where nothing or more than one thing has such a
 * name. `written`: a path, from the folder of the file or from the root, or the name of a rule.
 */
export function nearReference(written: string, world: NearWorld): string | undefined {
  const slash = written.lastIndexOf('/');
  const isName = slash < 0 && !/\.\w+$/.test(written);
  const [folder, base] = [written.slice(0, slash + 1), written.slice(slash + 1)];
  const known = isName ? ruleNames(world.catalog) : namesBeside(folder, world);
  // The name is right: something else is wrong, such as the heading behind it.
  if (known.includes(base)) return undefined;
  const [only, ...others] = [...new Set(known)].filter((name) => isSlip(base, name));
  return only === undefined || others.length > 0 ? undefined : `${folder}${only}`;
}

function ruleNames(catalog: RuleCatalog): readonly string[] {
  const own = catalog.documents().map(({ file }) => file.name);
  return [...own, ...catalog.bundledDocuments().map(({ path }) => path)];
}

const maxNames = 500;

/** Names of the files in a folder, seen from the file and from the root. */
function namesBeside(folder: string, { paths, from }: NearWorld): readonly string[] {
  // A folder with such a name would be read as a pattern.
  if (/[*?[\]{}()!\\]/.test(folder)) return [];
  const own = from.split('/').slice(0, -1).join('/');
  return [own, ''].flatMap((start) => {
    const place = join(start, folder);
    if (place === undefined) return [];
    const glob = place === '' ? '*' : `${place}/*`;
    return paths.matching([glob], '', maxNames).map((path) => path.slice(path.lastIndexOf('/') + 1));
  });
}

/** undefined where it leaves the workspace folder. */
function join(start: string, folder: string): string | undefined {
  const names = start === '' ? [] : start.split('/');
  for (const name of folder.split('/')) {
    if (name === '' || name === '.') continue;
    if (name !== '..') names.push(name);
    else if (names.pop() === undefined) return undefined;
  }
  return names.join('/');
}

/** `step1` and `step2` are two names, and no slip of one another. */
function isSlip(word: string, name: string): boolean {
  const digits = (text: string): string => text.replaceAll(/\D/g, '');
  if (name.length < 4 || digits(word) !== digits(name)) return false;
  return isOneSlip(word.toLowerCase(), name.toLowerCase());
}
