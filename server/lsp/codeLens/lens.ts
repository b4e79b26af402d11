import type { CodeLens } from 'vscode-languageserver/node';
import type { CommandArguments, CommandName } from '../../protocol/commands.ts';

/** A lens over one line that calls a command of the extension. */
export function lens<Name extends CommandName>(
  line: number,
  title: string,
  command: Name,
  argument?: CommandArguments[Name],
): CodeLens {
  return {
    range: { start: { line, character: 0 }, end: { line, character: 0 } },
    command: { title, command, ...(argument === undefined ? {} : { arguments: [argument] }) },
  };
}
