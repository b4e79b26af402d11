/**
 * The id of a test as a pattern for runners that match the names of suites and test, joined by spaces. An id that stands for a
 * suite takes all its tests. Names may hold `::` themselves, and the number that tells equal ones apart may be part of a name.
 */
export function namePattern(ids: readonly string[]): string {
  const each = ids.map((id) => {
    const [, ...parts] = id.split('::');
    const name = parts.map(quoteName).join('(?: |::)');
    return name.replace(/#(\d+)$/u, '(?:#$1)?');
  });
  return `^(?:${each.join('|')})(?:$| )`;
}

/** A test of a table is declared with places for its values, which any value may have taken. */
function quoteName(name: string): string {
  const parts = name.split(tablePlace);
  return parts.length === 1 ? quote(name) : `(?:${quote(name)}|${parts.map(quote).join('.*?')})`;
}

const tablePlace = /%(?:[sdifjopc#$%])|\$[\w.#]+/u;

function quote(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/gu, String.raw`\$&`);
}

/** Files that hold the tests of these ids; all that were asked for where there are none. */
export function filesOfIds(files: readonly string[], ids: readonly string[]): readonly string[] {
  if (ids.length === 0) return files;
  return [
    ...new Set(ids.map((id) => id.slice(0, Math.max(0, id.indexOf('::')))).filter((path) => path !== '')),
  ];
}

/** A file name that begins with a dash must not be read as a flag. */
export function asOperand(path: string): string {
  return path.startsWith('-') ? `./${path}` : path;
}

const scripts = /\.[cm]?[jt]sx?$/u;

export function isScript(path: string): boolean {
  return scripts.test(path) && !/\.d\.[cm]?ts$/u.test(path);
}

/** `a.test.ts`, `a.spec.jsx`; with `folders` also all below `__tests__` and the like. */
export function isNamedTest(path: string, folders?: RegExp): boolean {
  return (
    isScript(path) && (/(?:^|[/.])(?:test|spec)\.[cm]?[jt]sx?$/u.test(path) || folders?.test(path) === true)
  );
}

/** Beside the nearest tests and named as they are: `src/a.ts` with `test/b.spec.ts` gives `test/a.generated.spec.ts`. */
export function newTestPath(source: string, near: string | undefined): string {
  const name = source.slice(source.lastIndexOf('/') + 1);
  const [, stem = name, extension = 'js'] = /^(.*)\.([cm]?[jt]sx?)$/u.exec(name) ?? [];
  const folder = near === undefined ? 'test' : near.slice(0, Math.max(0, near.lastIndexOf('/')));
  const kind = near !== undefined && /\.spec\.[cm]?[jt]sx?$/u.test(near) ? 'spec' : 'test';
  return `${folder === '' ? '' : `${folder}/`}${stem}.generated.${kind}.${extension}`;
}
