/** The path as a link or an include can hold it, in which blanks, brackets and marks end it. */
export function encodePath(path: string): string {
  return encodeURI(path.toWellFormed()).replaceAll(
    /[()#?;$!*']/g,
    (character) => `%${character.charCodeAt(0).toString(16)}`,
  );
}

/** The path that is meant by one with escapes. */
export function decodePath(target: string): string {
  if (!target.includes('%')) return target;
  try {
    return decodeURIComponent(target);
  } catch {
    // A percent sign that begins no escape is a part of the name.
    return target;
  }
}
