import type { DialectPlace } from './dialect.ts';

export function joinPath(folder: string, path: string): string {
  return folder === '' ? path : `${folder}/${path}`;
}

/** A file that is called exactly so, in whatever folder, and is about the files below it. */
export function placeNamed(path: string, name: string, file: string): DialectPlace | undefined {
  if (path !== name && !path.endsWith(`/${name}`)) return undefined;
  const scope = path.slice(0, Math.max(path.length - name.length - 1, 0));
  return { scope, file, hasFrontmatter: false };
}

/** A file in a folder of rules such as `.kiro/steering`, or below it. `extension`: how its name ends, as a pattern. */
export function placeInFolder(path: string, folder: string, extension: RegExp): DialectPlace | undefined {
  const marker = `${folder}/`;
  const at = path.startsWith(marker) ? 0 : path.indexOf(`/${marker}`) + 1;
  if (at === 0 && !path.startsWith(marker)) return undefined;
  const rest = path.slice(at + marker.length);
  const file = rest.replace(extension, '');
  if (file === rest || file === '') return undefined;
  return { scope: path.slice(0, Math.max(at - 1, 0)), file, hasFrontmatter: true };
}
