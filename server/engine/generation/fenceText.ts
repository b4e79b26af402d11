import { neutralise } from '../safety/neutralise.ts';

/**
 * A text as data inside a prompt: hidden characters and terminal escapes are shown, and the fence is longer than any
 * run of backticks in the text, so that nothing in it can end the fence.
 */
export function fenceText(text: string, info = ''): string {
  const shown = neutralise(text).replace(/\n$/, '');
  const longest = (shown.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 2);
  const fence = '`'.repeat(longest + 1);
  return `${fence}${info}\n${shown}\n${fence}`;
}

/** A path or a name for one line of a prompt. */
export function showName(name: string): string {
  return neutralise(name).replace(/\s+/g, ' ').trim();
}

/** The language name of a fence, from a path. */
export function fenceLanguage(path: string): string {
  const extension = /\.(\w+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
  return languages.get(extension) ?? extension;
}

const languages: ReadonlyMap<string, string> = new Map([
  ['py', 'python'],
  ['pyi', 'python'],
  ['mjs', 'js'],
  ['cjs', 'js'],
  ['mts', 'ts'],
  ['cts', 'ts'],
  ['md', 'markdown'],
  ['rs', 'rust'],
]);
