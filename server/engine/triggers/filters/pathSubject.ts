/**
 * The form of a path that a pattern is written for: `./a/b` for a pattern that is anchored on `./`, `a/b` for one that
 * is anchored otherwise, `/a/b` for all others, so that `/a/` finds a folder at the top too.
 */
export function pathSubject(pattern: string, path: string): string {
  const plain = pattern.replace(/^(?:\(\?[A-Za-z]+\))+/, '');
  if (/^\^(?:\(\?!)?\\\.\??\\?\//.test(plain)) return `./${path}`;
  return plain.startsWith('^') ? path : `/${path}`;
}

/** The file's name, or its path if the pattern names a folder. */
export function nameSubject(pattern: string, path: string): string {
  return pattern.includes('/') ? pathSubject(pattern, path) : path.slice(path.lastIndexOf('/') + 1);
}
