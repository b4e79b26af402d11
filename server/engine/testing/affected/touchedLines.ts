import { linePrints } from '../coverage/coverageSnapshot.ts';

/** What was measured of a file, zero-based lines. */
export interface MeasuredLines {
  /** One for each line of the text then. */
  readonly prints: readonly string[];
  readonly covered: readonly number[];
  readonly missed: readonly number[];
}

/**
 * The lines of the measured text that a change touches. Where it begins or ends on a line that was not measured, also the line
 * before or behind, since a statement is measured where it begins. undefined: lines do not tell who is affected, since code changed that runs while the file is loaded, or may.
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
  const isCode = (line: number): boolean => inside.includes(line);
  // A line that says nothing by itself belongs to what stands above, and as `else` does, to what stands below.
  const around = [isCode(first) ? undefined : before, isCode(behind - 1) ? undefined : after].filter(
    (line) => line !== undefined,
  );
  const ran = new Set(covered);
  const isLoading = (line: number): boolean => ran.has(line) && !isOfTests(line);
  // Where lines only came, or no code went, they may stand outside of all functions.
  const decisive = inside.length === 0 ? [...around, ...(around.length < 2 ? [-1] : [])] : inside;
  if (decisive.some((line) => line < 0 || isLoading(line))) return undefined;
  const old = inside.length === 0 ? around : inside;
  if (old.length === 0 || hasOutside(text, start, now.length - end)) return undefined;
  return new Set([...inside, ...around]);
}

function sharedLength(one: readonly string[], other: readonly string[]): number {
  let length = 0;
  while (length < one.length && length < other.length && one[length] === other[length]) length += 1;
  return length;
}

/** Whether a line that changed stands outside of all functions of Python, as far as its indentation tells. */
function hasOutside(text: string, from: number, to: number): boolean {
  const lines = text.split(/\r\n|\n|\r/u);
  return lines.slice(from, to).some((line, at) => {
    if (/^\s*(?:#|$)/u.test(line)) return false;
    const head = lines.slice(0, from + at).findLast((each) => /^\s*(?:async\s+)?def\b/u.test(each));
    return head === undefined || indentOf(line) <= indentOf(head);
  });
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
