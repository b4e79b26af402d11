/** Where rules lie in a workspace folder: those that act, and those that are only written. */
export const rulesFolder = '.cursor/rules';
export const draftsFolder = '.cursor/drafts';

/** The path of a draft once it is promoted; undefined for a file that is no draft. */
export function promotedPath(path: string): string | undefined {
  const at = path.lastIndexOf(`${draftsFolder}/`);
  if (at < 0 || (at > 0 && path[at - 1] !== '/')) return undefined;
  return `${path.slice(0, at)}${rulesFolder}/${path.slice(at + draftsFolder.length + 1)}`;
}

/** What is wrong with a name for a rule; undefined: nothing. */
export function faultOfRuleName(name: string): string | undefined {
  const isName = /^[\p{L}\p{N}_][\p{L}\p{N}_.-]*$/u.test(name) && !name.endsWith('.');
  return isName
    ? undefined
    : 'A name has letters, digits, dots, dashes and underscores, and begins with a letter or a digit.';
}
