/** The opening line of a code fence. */
export interface Fence {
  readonly character: string;
  readonly length: number;
  readonly indent: string;
  readonly info: string;
}

/** Reads a line as a fence; undefined if it is none. */
export function readFence(line: string): Fence | undefined {
  const match = /^([ \t]{0,12})(`{3,}|~{3,})[ \t]*(.{0,400})$/.exec(line);
  if (match === null) return undefined;
  const [, indent = '', marks = '', info = ''] = match;
  const character = marks.charAt(0);
  if (character === '`' && info.includes('`')) return undefined;
  return { character, length: marks.length, indent, info: info.trim() };
}

/**
 * The line that closes the fence whose content starts at `from`; undefined if none does. A fence with an info string
 * inside is one of the file's own, and so is a bare one that is indented deeper.
 */
export function findFenceEnd(lines: readonly string[], from: number, fence: Fence): number | undefined {
  let nested = 0;
  for (let at = from; at < lines.length; at += 1) {
    const inner = readFence(lines[at] ?? '');
    if (inner === undefined || inner.character !== fence.character || inner.length < fence.length) continue;
    if (inner.info !== '') nested += 1;
    else if (nested > 0) nested -= 1;
    else if (inner.indent.length <= fence.indent.length) return at;
  }
  return undefined;
}

/** The lines without the indentation that the fence itself has, as in a list. */
export function unindent(lines: readonly string[], indent: string): readonly string[] {
  if (indent === '') return lines;
  return lines.map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line));
}
