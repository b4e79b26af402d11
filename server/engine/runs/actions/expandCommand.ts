import type { CommandText } from '../../rules/rule.ts';
import { createRedactor } from '../../safety/redact.ts';
import { expandVariables } from '../../triggers/expandVariables.ts';
import { shellArguments, shellScript, type FindVariable } from './shellScript.ts';
import { splitCommand } from './splitCommand.ts';

/** What variables stand for; one that is missing is text. */
export type Variables = Readonly<Record<string, string>>;

export type ExpandedCommand =
  | {
      readonly kind: 'ready';
      readonly argv: readonly [string, ...string[]];
      /** As a person would type it. */
      readonly display: string;
    }
  /** Goes on after "the command", without a full stop. */
  | { readonly kind: 'invalid'; readonly reason: string };

/** Whoever names a file chooses these: none of them may become an option of the program. */
const pathNames: ReadonlySet<string> = new Set(['file', 'dir', 'oldFile', 'oldDir']);
const nameParts: ReadonlySet<string> = new Set(['stem', 'ext', 'oldStem']);

/**
 * A command as arguments. Each stays one argument whatever its variables hold. With a shell the author's line is its
 * script, and values come as positional parameters: no value is ever read as shell text.
 */
export function expandCommand(
  command: CommandText,
  { shell, variables }: { readonly shell: boolean; readonly variables: Variables },
): ExpandedCommand {
  if (shell) return forShell(lineOf(command), variables);
  const split =
    command.form === 'line'
      ? splitCommand(command.line.value)
      : { kind: 'split' as const, words: command.items.map(({ value }) => value) };
  if (split.kind === 'invalid') return split;
  const words: string[] = [];
  for (const word of split.words) {
    const fault = findOption(word, variables);
    if (fault !== undefined) return { kind: 'invalid', reason: fault };
    words.push(guardPath(word, variables) + expandVariables(word, variables));
  }
  const [program, ...rest] = words;
  if (program === undefined || program === '') return { kind: 'invalid', reason: 'is empty' };
  return { kind: 'ready', argv: [program, ...rest], display: shorten(displayOf([program, ...rest])) };
}

const maxDisplay = 200;
const mask = createRedactor([]);

/** On one line that a person can take in; what variables hold may be long. */
function shorten(display: string): string {
  // Before it is cut: what is left of a key would not look like one.
  const line = mask(display).trim().replaceAll(/\s+/gu, ' ');
  return line.length <= maxDisplay ? line : `${line.slice(0, maxDisplay).toWellFormed()} …`;
}

/** Arguments as a person would type them, each on one line. */
export function displayOf(argv: readonly string[]): string {
  return argv.map(quoteWord).join(' ');
}

function quoteWord(word: string): string {
  if (/^[\w@%+=:,./-]+$/u.test(word)) return word;
  return `'${word.replaceAll("'", "'\\''")}'`;
}

function lineOf(command: CommandText): string {
  if (command.form === 'line') return command.line.value;
  return command.items.map(({ value }) => value).join(' ');
}

/** A path that begins with a dash is one of this folder, and not an option. */
function guardPath(word: string, variables: Variables): string {
  const [, name = ''] = /^\{(\w+)\}/u.exec(word) ?? [];
  return pathNames.has(name) && variables[name]?.startsWith('-') === true ? './' : '';
}

function findOption(word: string, variables: Variables): string | undefined {
  const [, name = ''] = /^\{(\w+)\}/u.exec(word) ?? [];
  if (!nameParts.has(name) || variables[name]?.startsWith('-') !== true) return undefined;
  return `would read \`${variables[name]}\` as an option: write \`./{${name}}\``;
}

function forShell(line: string, variables: Variables): ExpandedCommand {
  if (line.trim() === '') return { kind: 'invalid', reason: 'is empty' };
  const values: string[] = [];
  // `${file}` is the shell's own.
  let before = '';
  const find: FindVariable = (rest) => {
    const name = before === '$' ? undefined : /^\{([A-Za-z]+)\}/u.exec(rest)?.[1];
    before = rest[0] ?? '';
    const value = name === undefined ? undefined : variables[name];
    if (name === undefined || value === undefined) return undefined;
    const guarded = pathNames.has(name) && value.startsWith('-') ? `./${value}` : value;
    return { length: name.length + 2, value: guarded };
  };
  const argv = shellArguments(shellScript(line, find, values), values);
  return { kind: 'ready', argv, display: shorten(expandVariables(line, variables)) };
}
