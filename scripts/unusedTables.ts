import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

const tables = ['CATEGORIES', 'SCRIPTS', 'FOLD_CATEGORIES', 'FOLD_SCRIPT'] as const;

/**
 * Leaves the tables of Unicode's categories and scripts out of re2js, which are a good part of it. Only `\p{…}` reads them, and
 * the patterns of rules are JavaScript's without the flag `u`, where `\p` is the letter p.
 */
export const unusedTablesPlugin: Plugin = {
  name: 'unused-tables',
  setup(build) {
    build.onLoad({ filter: /[\\/]node_modules[\\/]re2js[\\/]build[\\/]index\.js$/ }, async ({ path }) => ({
      contents: emptyTables(await readFile(path, 'utf8')),
      loader: 'js',
    }));
  },
};

/** Throws when the library is built in another way: then it is looked at again. */
export function emptyTables(source: string): string {
  return tables.reduce((text, table) => {
    const start = text.indexOf(`static ${table} = new LazyMap({`);
    const end = text.indexOf('\n\t});', start);
    if (start < 0 || end < 0) throw new Error(`re2js has no table ${table} where it is looked for.`);
    return `${text.slice(0, start)}static ${table} = new LazyMap({${text.slice(end)}`;
  }, source);
}
