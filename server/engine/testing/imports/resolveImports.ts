import {
  folderOf,
  foldersUp,
  goKey,
  joinNames,
  moduleKey,
  pythonKey,
  resolvePath,
  rustKey,
  scriptKey,
} from './moduleKeys.ts';
import type { Alias, ProjectNames } from './projectNames.ts';
import { sourceLanguage, type SourceImports } from './sourceImports.ts';

/** The files of a workspace folder, as imports find them. */
export interface ImportPlaces {
  /** Files of a `moduleKey`. */
  readonly files: (key: string) => readonly string[];
  readonly has: (path: string) => boolean;
  readonly names: ProjectNames;
}

/** Files of the workspace that loading this one loads directly. Where a name may lead to several, all count. */
export function resolveImports(
  path: string,
  { names }: SourceImports,
  places: ImportPlaces,
): readonly string[] {
  const found = new Set<string>();
  const add = (key: string): void => {
    for (const file of places.files(key)) if (file !== path) found.add(file);
  };
  switch (sourceLanguage(path)) {
    case 'script':
      for (const name of names) for (const file of resolveScript(path, name, places)) found.add(file);
      break;
    case 'python':
      for (const name of names) for (const key of pythonKeys(path, name, places)) add(key);
      if (isPythonTest(path))
        for (const folder of foldersUp(folderOf(path))) add(pythonKey(joinNames(folder, 'conftest')));
      break;
    case 'go':
      add(goKey(folderOf(path)));
      for (const name of names) {
        const folder = goFolder(name, places.names);
        if (folder !== undefined) add(goKey(folder));
      }
      break;
    case 'rust':
      for (const name of names) for (const key of rustKeys(path, name, places.names)) add(key);
      break;
    case undefined:
      break;
  }
  found.delete(path);
  return [...found];
}

function isPythonTest(path: string): boolean {
  return /(?:^|\/)(?:test_[^/]*|[^/]*_test|conftest)\.py$/u.test(path);
}

function resolveScript(path: string, name: string, places: ImportPlaces): readonly string[] {
  const plain = name.replace(/[?#].*$/u, '');
  if (/^\.{1,2}(?:\/|$)/u.test(plain)) {
    const target = resolvePath(folderOf(path), plain);
    return target === undefined ? [] : scriptFiles(target, places);
  }
  if (plain.startsWith('/') || plain.startsWith('node:')) return [];
  return [...aliased(path, plain, places), ...ofPackage(plain, places)];
}

function scriptFiles(target: string, places: ImportPlaces): readonly string[] {
  const files = places.files(scriptKey(target));
  return places.has(target) && !files.includes(target) ? [...files, target] : files;
}

/** The nearest configuration with aliases counts, as for the compiler. */
function aliased(path: string, name: string, places: ImportPlaces): readonly string[] {
  const { aliases } = places.names;
  if (aliases.size === 0) return [];
  const folder = foldersUp(folderOf(path)).find((above) => aliases.has(above));
  return (folder === undefined ? [] : (aliases.get(folder) ?? [])).flatMap((alias) =>
    ofAlias(alias, name, places),
  );
}

function ofAlias({ pattern, targets }: Alias, name: string, places: ImportPlaces): readonly string[] {
  const [start = '', end] = pattern.split('*');
  const isMatch =
    end === undefined
      ? name === pattern
      : name.startsWith(start) && name.endsWith(end) && name.length >= start.length + end.length;
  if (!isMatch) return [];
  const middle = end === undefined ? '' : name.slice(start.length, name.length - end.length);
  return targets.flatMap((target) =>
    scriptFiles(
      target.replace('*', () => middle),
      places,
    ),
  );
}

/** A package of the workspace itself. Where what its manifest names is built and not kept, its sources are meant. */
function ofPackage(name: string, places: ImportPlaces): readonly string[] {
  const own = /^(@[^/]+\/[^/]+|[^/]+)(?:\/(.*))?$/u.exec(name);
  const found = places.names.packages.get(own?.[1] ?? '');
  if (found === undefined) return [];
  const { folder, entries } = found;
  const below = own?.[2] ?? '';
  const tries =
    below === ''
      ? [...entries, joinNames(folder, 'src/index'), folder]
      : [below, `src/${below}`, `lib/${below}`].map((inner) => joinNames(folder, inner));
  return [...new Set(tries.flatMap((target) => scriptFiles(target, places)))];
}

/** Importing `a.b.c` loads `a` and `a.b` too. Where an absolute name begins is looked for in all folders above and their `src`. */
function pythonKeys(path: string, name: string, places: ImportPlaces): readonly string[] {
  const dots = /^\.*/u.exec(name)?.[0].length ?? 0;
  const parts = name
    .slice(dots)
    .split('.')
    .filter((part) => part !== '' && part !== '*');
  const folders = foldersUp(folderOf(path));
  if (dots > 0) {
    const base = folders[dots - 1];
    return base === undefined ? [] : moduleChain(base, parts, 0);
  }
  const roots = folders.flatMap((folder) => [folder, joinNames(folder, 'src')]);
  return roots.flatMap((root) => {
    const chain = moduleChain(root, parts, 1);
    return chain.some((key) => places.files(key).length > 0) ? chain : [];
  });
}

function moduleChain(root: string, parts: readonly string[], from: number): readonly string[] {
  return Array.from({ length: parts.length + 1 - from }, (_, at) =>
    pythonKey(joinNames(root, ...parts.slice(0, at + from))),
  );
}

function goFolder(name: string, { goModules }: ProjectNames): string | undefined {
  for (const [module, folder] of goModules) {
    if (name === module) return folder;
    if (name.startsWith(`${module}/`)) return joinNames(folder, name.slice(module.length + 1));
  }
  return undefined;
}

function rustKeys(path: string, name: string, { crates }: ProjectNames): readonly string[] {
  const folder = folderOf(path);
  const own = /(?:^|\/)(?:mod|lib|main)\.rs$/u.test(path) ? folder : moduleKey(path).slice('rust:'.length);
  if (name.startsWith('mod '))
    return [rustKey(joinNames(own, name.slice(4))), rustKey(joinNames(folder, name.slice(4)))];
  const [first = '', ...rest] = name.split('::');
  const crateFolder = crates.get(first);
  if (crateFolder !== undefined) return rustChain(joinNames(crateFolder, 'src'), rest);
  switch (first) {
    case 'crate':
      return rustChain(crateRoot(path, crates), rest);
    case 'self':
      return rustChain(own, rest);
    case 'super':
      return rustChain(folderOf(own), rest);
    default:
      return rustChain(own, [first, ...rest]);
  }
}

/** `a::b::c` may be item `c` of `a/b.rs`, or a file of its own; the root file passes names on. */
function rustChain(base: string, parts: readonly string[]): readonly string[] {
  const deeper = parts.map((_, at) => rustKey(joinNames(base, ...parts.slice(0, at + 1))));
  return [...deeper, ...['lib', 'main'].map((root) => rustKey(joinNames(base, root)))];
}

function crateRoot(path: string, crates: ReadonlyMap<string, string>): string {
  const roots = new Set(crates.values());
  const folder = foldersUp(folderOf(path)).find((above) => roots.has(above)) ?? '';
  return joinNames(folder, 'src');
}
