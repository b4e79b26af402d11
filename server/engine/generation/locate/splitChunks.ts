/** A part of a file that a model may replace as a whole. */
export interface FileChunk {
  /** From 1. */
  readonly number: number;
  /** Zero-based first line, and how many there are. */
  readonly start: number;
  readonly count: number;
}

const aimedLines = 40;
const maxLines = 60;

/**
 * Splits a file into chunks of about 40 lines, the same each time: where it can, a chunk ends before a line that stands
 * without indentation behind a blank one, as a function begins; else behind a blank line; else at 60 lines.
 */
export function splitChunks(lines: readonly string[]): readonly FileChunk[] {
  const chunks: FileChunk[] = [];
  let start = 0;
  while (start < lines.length) {
    const end = findEnd(lines, start);
    chunks.push({ number: chunks.length + 1, start, count: end - start });
    start = end;
  }
  return chunks;
}

function findEnd(lines: readonly string[], start: number): number {
  const last = Math.min(start + maxLines, lines.length);
  if (lines.length - start <= maxLines) return lines.length;
  const ends = Array.from({ length: last - start - 1 }, (_, at) => start + at + 1).filter(
    (at) => at - start >= aimedLines / 2,
  );
  const isBlank = (at: number): boolean => (lines[at] ?? '').trim() === '';
  const nearest = (fits: (at: number) => boolean): number | undefined =>
    ends.filter(fits).sort((a, b) => Math.abs(a - start - aimedLines) - Math.abs(b - start - aimedLines))[0];
  return (
    nearest((at) => isBlank(at - 1) && /^\S/u.test(lines[at] ?? '')) ??
    nearest((at) => isBlank(at - 1)) ??
    last
  );
}
