import { isOneSlip } from './oneSlip.ts';

/** What is replaced in actions of frontmatter, and in the patterns of `exists` and `missing`. */
export const variableNames: readonly string[] = [
  ...['file', 'dir', 'stem', 'ext', 'language', 'selection', 'diff', 'problems', 'testOutput'],
  ...['oldFile', 'oldDir', 'oldStem'],
];

/** Other names that people give them. */
const otherNames: ReadonlyMap<string, string> = new Map([
  ...['filepath', 'path', 'filename', 'fullpath'].map((word) => [word, 'file'] as const),
  ...['directory', 'folder', 'dirname'].map((word) => [word, 'dir'] as const),
  ...['basename', 'filestem'].map((word) => [word, 'stem'] as const),
  ...['extension', 'fileext'].map((word) => [word, 'ext'] as const),
  ...['lang'].map((word) => [word, 'language'] as const),
  ...['testoutput', 'testresults'].map((word) => [word, 'testOutput'] as const),
  ...['diagnostics', 'errors'].map((word) => [word, 'problems'] as const),
]);

/** The variable that a word in braces is meant to be; undefined for a variable, and for any other word. */
export function nearVariable(word: string): string | undefined {
  if (variableNames.includes(word)) return undefined;
  const plain = normalise(word);
  const known = otherNames.get(plain) ?? variableNames.find((name) => normalise(name) === plain);
  if (known !== undefined || plain.length < 5) return known;
  return variableNames.find((name) => name.length >= 4 && isOneSlip(plain, normalise(name)));
}

function normalise(word: string): string {
  return word.toLowerCase().replaceAll('_', '');
}
