import type { Syntax } from '../../ports/syntax.ts';
import type { FileEvent } from '../fileEvent.ts';
import { codeOfTree } from './codeOfTree.ts';
import { isTrivialChange } from './isTrivialChange.ts';

/**
 * Whether only comments and white space differ from the text before: by the syntax trees of both where a grammar is at
 * hand and both parse, else by how the language writes comments. What programs read is no comment: docstrings, `#!`,
 * `//go:build`.
 */
export async function isTrivialSave(
  syntax: Syntax,
  { path, before, text }: Pick<FileEvent, 'path' | 'before' | 'text'>,
  signal: AbortSignal,
): Promise<boolean> {
  if (before === undefined || text === undefined) return false;
  if (before === text) return true;
  const [old, now] = await Promise.all(
    [before, text].map(async (each) => {
      const parsed = await syntax.parse({ path, text: each }, signal);
      return parsed.kind === 'tree' ? codeOfTree(parsed.root, each, parsed.language) : undefined;
    }),
  );
  if (old === undefined || now === undefined) return isTrivialChange(path, before, text);
  return old === now;
}
