import { diffArrays } from 'diff';

/** A run of lines that two lists share or not: `before` lines of the one stand against `after` lines of the other. */
export interface LineRun {
  readonly same: boolean;
  readonly before: number;
  readonly after: number;
}

// Past so many differences the rest counts as changed: nobody reads such a diff, and it would take long.
const maxDifferences = 2000;

/** The runs in order. What both lists begin and end with is found first: most edits change one run and need no more. */
export function diffLines(before: readonly string[], after: readonly string[]): readonly LineRun[] {
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && before[before.length - 1 - tail] === after[after.length - 1 - tail])
    tail += 1;
  const middle = diffMiddle(before.slice(head, before.length - tail), after.slice(head, after.length - tail));
  const ends = (count: number): readonly LineRun[] =>
    count === 0 ? [] : [{ same: true, before: count, after: count }];
  return [...ends(head), ...middle, ...ends(tail)];
}

function diffMiddle(before: string[], after: string[]): readonly LineRun[] {
  const changed = { same: false, before: before.length, after: after.length };
  if (before.length === 0 || after.length === 0) return before.length + after.length === 0 ? [] : [changed];
  // What both lists share at the ends is gone, so a line that stands alone has another one in its place.
  if (before.length === 1 && after.length === 1) return [changed];
  const changes = diffArrays(before, after, { maxEditLength: maxDifferences });
  if (changes === undefined) return [changed];
  const runs: LineRun[] = [];
  for (const { added, removed, count } of changes) {
    const same = !added && !removed;
    const run = { same, before: added ? 0 : count, after: removed ? 0 : count };
    const last = runs.at(-1);
    if (last === undefined || same || last.same) runs.push(run);
    else runs[runs.length - 1] = { same, before: last.before + run.before, after: last.after + run.after };
  }
  return runs;
}
