import { Draw } from './globs.ts';

/** A text and a block of it that is replaced. */
export interface Edit {
  readonly lines: number;
  readonly text: string;
  /** Eight whole lines of it, in the middle. */
  readonly search: string;
  readonly replace: string;
}

const words = ['const', 'await', 'order', 'total', 'return', 'render', 'index', 'client', 'parse', 'state'];

/** The same each time. */
export function createEdit(count: number): Edit {
  const draw = new Draw(5);
  const lines = Array.from({ length: count }, (_, line) => {
    const indent = '  '.repeat(1 + draw.below(4));
    return `${indent}${draw.from(words)} ${draw.from(words)}${draw.below(500)} = ${draw.from(words)}(${line});`;
  });
  const middle = Math.floor(count / 2);
  const block = lines.slice(middle, middle + 8);
  const search = `${block.join('\n')}\n`;
  return { lines: count, text: `${lines.join('\n')}\n`, search, replace: search.replace('= ', '= 1 + ') };
}
