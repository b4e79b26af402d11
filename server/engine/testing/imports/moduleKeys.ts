import { sourceLanguage } from './sourceImports.ts';

/**
 * What imports name a file by: its path without what may be left out, so that `src/a.ts`, `./src/a` and `./src/a.js` are
 * one. Several files may share a key: an import of it then counts for all of them.
 */
export function moduleKey(path: string): string {
  switch (sourceLanguage(path)) {
    case 'script':
      return scriptKey(path);
    case 'python':
      return pythonKey(path.replace(/\.pyi?$/u, '').replace(/(?:^|\/)__init__$/u, ''));
    case 'go':
      // A folder is a package; its tests belong to nobody else.
      return path.endsWith('_test.go') ? `go:${path}` : goKey(folderOf(path));
    case 'rust':
      return rustKey(path.replace(/\.rs$/u, '').replace(/(?:^|\/)mod$/u, ''));
    case undefined:
      return `file:${path}`;
  }
}

export function scriptKey(path: string): string {
  const module = path.replace(/(?:\.d)?\.(?:[cm]?[jt]s|[jt]sx|vue|svelte)$/u, '');
  return `script:${module === 'index' ? '' : module.replace(/\/index$/u, '')}`;
}

export function pythonKey(path: string): string {
  return `python:${path}`;
}

export function goKey(folder: string): string {
  return `go:${folder}/`;
}

export function rustKey(path: string): string {
  return `rust:${path}`;
}

export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

export function joinNames(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('/');
}

/** `relative` from `folder`; undefined: it leads out of the workspace folder. */
export function resolvePath(folder: string, relative: string): string | undefined {
  const parts = folder === '' ? [] : folder.split('/');
  for (const part of relative.split('/')) {
    if (part === '..' && parts.pop() === undefined) return undefined;
    if (part !== '..' && part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

/** The folder itself first, the workspace folder last. */
export function foldersUp(folder: string): readonly string[] {
  const folders = [folder];
  for (let current = folder; current !== '';) {
    current = folderOf(current);
    folders.push(current);
  }
  return folders;
}
