import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const ownFolders = ['server', 'scripts', 'extension'].map((folder) => join(root, folder));
const packages = ['picomatch', 'diff', 'yaml', 'mocha', 'ajv', 'fast-check', 'openai', 'remark-parse'].map(
  (name) => join(root, 'node_modules', name),
);
const sourceFile = /\.(?:ts|js|mjs|cjs|py|go|rs)$/;

/**
 * Texts of real source files of at most 60,000 characters, with \n alone: our own and those of packages that are
 * installed here, and of `more` folders as far as they exist.
 */
export function readRealSources(more: readonly string[] = []): readonly string[] {
  return readRealFiles(more).map(({ text }) => text);
}

/** The same with their absolute paths. */
export function readRealFiles(
  more: readonly string[] = [],
): readonly { readonly path: string; readonly text: string }[] {
  return [...ownFolders, ...packages, ...more]
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => spread(listSources(folder), 250))
    .map((path) => ({ path, text: readFileSync(path, 'utf8').replaceAll('\r\n', '\n') }))
    .filter(({ text }) => text.length < 60_000 && text.split('\n').length > 30 && !/[\r\uFEFF]/.test(text));
}

function listSources(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => sourceFile.test(path) && !/generated|\.min\./.test(path))
    .toSorted()
    .map((path) => join(folder, path));
}

/** So many of a list, as far from one another as may be. */
function spread<Item>(items: readonly Item[], count: number): readonly Item[] {
  const step = Math.max(1, items.length / count);
  return items.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step));
}
