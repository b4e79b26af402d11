import parse from 'postcss/lib/parse';
import type { SyntaxFault } from '../../engine/ports/syntax.ts';

/**
 * Where the blocks, declarations, strings, brackets and comments of a style sheet do not close or are none; the parser
 * stops at the first place. Which properties and values there are is not asked: browsers learn new ones all the time.
 */
export function findCssFaults(text: string): readonly SyntaxFault[] {
  try {
    // A source map that the text names would be read from the disk.
    parse(text, { map: false });
    return [];
  } catch (error) {
    if (!(error instanceof Error && 'reason' in error && 'line' in error)) throw error;
    return [{ line: Number(error.line) - 1, message: String(error.reason).slice(0, 200) }];
  }
}
