import { linePrints } from '../coverage/coverageSnapshot.ts';

/** What was measured of a file, zero-based lines. */
export interface MeasuredLines {
  /** One for each line of the text then. */
  readonly prints: readonly string[];
  readonly covered: readonly number[];
  readonly missed: readonly number[];
}

/**
 * The lines of the measured text that a change touches, with the lines with code around it, since a statement is measured where
 * it begins. undefined: lines do not tell who is affected, since code changed that runs while the file is loaded, or may.
 */
export function touchedLines(
  { prints, covered, missed }: MeasuredLines,
  text: string,
  isOfTests: (line: number) => boolean,
): ReadonlySet<number> | undefined {
  const now = linePrints(text);
  const start = sharedLength(prints, now);
  const end = Math.min(
    sharedLength([...prints].reverse(), [...now].reverse()),
    Math.min(prints.length, now.length) - start,
  );
  const [first, behind] = [start, prints.length - end];
  const code = [...covered, ...missed].toSorted((a, b) => a - b);
  if (first === behind && now.length === prints.length) return new Set(covered);
  const inside = code.filter((line) => line >= first && line < behind);
  const before = code.findLast((line) => line < first);
  const after = code.find((line) => line >= behind);
  const around = [before, after].filter((line) => line !== undefined);
  const ran = new Set(covered);
  const isLoading = (line: number): boolean => ran.has(line) && !isOfTests(line);
  // Where lines only came, or no code went, they may stand outside of all functions.
  const decisive = inside.length === 0 ? [...around, ...(around.length < 2 ? [-1] : [])] : inside;
  if (decisive.some((line) => line < 0 || isLoading(line))) return undefined;
  // New lines that are not indented as deep as the old ones may be outside too.
  const old = inside.length === 0 ? around : inside;
  if (old.length === 0 || hasShallow(text, start, now.length - end)) return undefined;
  return new Set([...inside, ...around]);
}

function sharedLength(one: readonly string[], other: readonly string[]): number {
  let length = 0;
  while (length < one.length && length < other.length && one[length] === other[length]) length += 1;
  return length;
}

/** Whether a line that changed stands at the left margin. */
function hasShallow(text: string, from: number, to: number): boolean {
  return text
    .split(/\r\n|\n|\r/u)
    .slice(from, to)
    .some((line) => /^[^\s#]/u.test(line));
}
