/** Zero-based lines as people read them: `3-5, 9`. `max`: so many ranges are shown. */
export function lineRanges(lines: readonly number[], max = Number.POSITIVE_INFINITY): string {
  const parts = rangesOf(lines).map(([first, last]) =>
    first === last ? `${first + 1}` : `${first + 1}-${last + 1}`,
  );
  return parts.slice(0, max).join(', ') + (parts.length > max ? ', …' : '');
}

/** First and last line of each run of lines, zero-based. */
export function rangesOf(lines: readonly number[]): readonly (readonly [first: number, last: number])[] {
  const ranges: [first: number, last: number][] = [];
  for (const line of lines.toSorted((a, b) => a - b)) {
    const open = ranges.at(-1);
    if (open !== undefined && line <= open[1] + 1) open[1] = line;
    else ranges.push([line, line]);
  }
  return ranges;
}
