import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { languages, type GatedLanguage } from './languages.ts';

const filesPerLanguage = 400;
const maxBytes = 60_000;
const minLines = 14;

/** Texts of the files of each language below the folders, as far apart from one another as may be, with \n alone. */
export function readCorpus(folders: readonly string[]): ReadonlyMap<GatedLanguage, readonly string[]> {
  const paths = folders.flatMap(listFiles);
  return new Map(
    languages.map((language) => {
      const own = paths.filter((path) => language.files.test(path));
      return [language, readSome(own)];
    }),
  );
}

function listFiles(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => !/\.min\.|(?:^|[\\/])\.git[\\/]/u.test(path))
    .toSorted()
    .map((path) => join(folder, path));
}

function readSome(paths: readonly string[]): readonly string[] {
  const texts = new Set<string>();
  const step = Math.max(1, paths.length / (filesPerLanguage * 3));
  for (let at = 0; at < paths.length && texts.size < filesPerLanguage; at += step) {
    const text = readText(paths[Math.floor(at)] ?? '');
    if (text !== undefined && text.split('\n').length >= minLines) texts.add(text);
  }
  return [...texts];
}

/** undefined: no file, or none that people write. */
function readText(path: string): string | undefined {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats?.isFile() !== true || stats.size > maxBytes) return undefined;
  const text = readFileSync(path, 'utf8').replaceAll('\r\n', '\n');
  return /[\r\uFEFF\uFFFD]/u.test(text) ? undefined : text;
}
