import { parse, TomlError } from 'smol-toml';
import type { SyntaxFault } from '../../engine/ports/syntax.ts';

/** Where a text is no TOML; the parser stops at the first place. */
export function findTomlFaults(text: string): readonly SyntaxFault[] {
  try {
    parse(text.replace(/^\uFEFF/, ''));
    return [];
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    // Below its first line the message shows the place again.
    const message = error.message.split('\n', 1)[0] ?? '';
    return [{ line: error.line - 1, message: message.slice(0, 200) }];
  }
}
