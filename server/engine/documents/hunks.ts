import { diffLines } from './diffLines.ts';

/** Lines of a file before a change, and those that take their place. Lines count from 0. */
export interface Hunk {
  readonly before: LineSpan;
  readonly after: LineSpan;
}

export interface LineSpan {
  readonly start: number;
  readonly count: number;
}

/** Changes with at most so many unchanged lines between them belong together: one of them alone seldom makes sense. */
const maxGap = 2;

/**
 * The parts of a change that can be taken one by one, in the order of the file. A file that is created or deleted has one,
 * a text that stays as it is none. Lines differ by their line breaks too.
 */
export function findHunks(before: string | undefined, after: string | undefined): readonly Hunk[] {
  if (before === after) return [];
  const [old, fresh] = [linesOf(before), linesOf(after)];
  if (before === undefined || after === undefined)
    return [{ before: { start: 0, count: old.length }, after: { start: 0, count: fresh.length } }];
  const hunks: Hunk[] = [];
  let [left, right, gap] = [0, 0, Infinity];
  for (const run of diffLines(old, fresh)) {
    if (run.same) gap = run.before;
    else {
      const last = gap <= maxGap ? hunks.pop() : undefined;
      const start = last ?? { before: { start: left }, after: { start: right } };
      hunks.push({
        before: { start: start.before.start, count: left + run.before - start.before.start },
        after: { start: start.after.start, count: right + run.after - start.after.start },
      });
    }
    left += run.before;
    right += run.after;
  }
  return hunks;
}

/** The text with these hunks alone, by their index in `findHunks`: all make `after`, none `before`. */
export function keepHunks(
  before: string | undefined,
  after: string | undefined,
  kept: ReadonlySet<number>,
): string | undefined {
  const hunks = findHunks(before, after);
  if (before === undefined || after === undefined || hunks.every((_, index) => kept.has(index)))
    return hunks.length === 0 || kept.has(0) ? after : before;
  const [old, fresh] = [linesOf(before), linesOf(after)];
  const lines: string[] = [];
  let at = 0;
  for (const [index, hunk] of hunks.entries()) {
    const { start, count } = hunk.before;
    const taken = kept.has(index) ? fresh.slice(hunk.after.start, hunk.after.start + hunk.after.count) : [];
    lines.push(...old.slice(at, start), ...taken);
    at = kept.has(index) ? start + count : start;
  }
  // A line without a break is the last one of its text, and so in the last hunk or in none: nothing comes behind it.
  return [...lines, ...old.slice(at)].join('');
}

/** Each line with its own break; the last one may have none. */
function linesOf(text: string | undefined): readonly string[] {
  return text === undefined || text === '' ? [] : (text.match(/[^\n]*\n|[^\n]+$/gu) ?? []);
}
