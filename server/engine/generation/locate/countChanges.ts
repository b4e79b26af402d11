import { diffLines } from '../../documents/diffLines.ts';

export interface ChangeCount {
  readonly added: number;
  readonly removed: number;
}

/** How many lines differ between two lists of lines. */
export function countChanges(before: readonly string[], after: readonly string[]): ChangeCount {
  let added = 0;
  let removed = 0;
  for (const run of diffLines(before, after)) {
    if (run.same) continue;
    added += run.after;
    removed += run.before;
  }
  return { added, removed };
}
