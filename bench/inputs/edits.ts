import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A text and a block of it that is replaced. */
export interface Edit {
  readonly lines: number;
  readonly text: string;
  /** Eight whole lines of it, in the middle. */
  readonly search: string;
  readonly replace: string;
}

const folders = ['server', 'extension', 'scripts', 'bench'];

/** So many lines of our own sources, one file after the other. */
export function createEdit(root: string, count: number): Edit {
  const lines = readLines(root, count);
  const block = findBlock(lines, Math.floor(lines.length / 2));
  const search = `${block.join('\n')}\n`;
  const replace = search.replace(/\w+/u, 'replaced');
  return { lines: lines.length, text: `${lines.join('\n')}\n`, search, replace };
}

function readLines(root: string, count: number): readonly string[] {
  const lines: string[] = [];
  for (const folder of folders.map((name) => join(root, name)))
    for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted())
      if (path.endsWith('.ts') && !path.includes('.generated.') && lines.length < count)
        lines.push(...readFileSync(join(folder, path), 'utf8').split('\n'));
  return lines.slice(0, count);
}

/** Eight lines with words, the first of which stands nowhere else. */
function findBlock(lines: readonly string[], from: number): readonly string[] {
  for (let start = from; start + 8 < lines.length; start += 1) {
    const block = lines.slice(start, start + 8);
    const isWordy = block.every((line) => /\w{3}/u.test(line));
    if (isWordy && lines.indexOf(block[0] ?? '') === lines.lastIndexOf(block[0] ?? '')) return block;
  }
  throw new Error('The sources have no eight lines with words in a row.');
}
