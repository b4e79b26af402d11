import { diffLines } from '../../documents/diffLines.ts';

const around = 3;

/** What changed in a file as a patch with three lines around each change; empty when nothing did. */
export function unifiedDiff(path: string, before: string | undefined, after: string | undefined): string {
  if (before === after) return '';
  const [old, fresh] = [linesOf(before ?? ''), linesOf(after ?? '')];
  const rows = rowsOf(old, fresh);
  const hunks = hunksOf(rows).map((hunk) => renderHunk(hunk));
  const names = [
    before === undefined ? '/dev/null' : `a/${path}`,
    after === undefined ? '/dev/null' : `b/${path}`,
  ];
  // The first line also keeps the whole from being read as an option, where it is an argument.
  return [`diff --git a/${path} b/${path}`, `--- ${names[0]}`, `+++ ${names[1]}`, ...hunks, ''].join('\n');
}

interface Row {
  readonly sign: ' ' | '-' | '+';
  readonly text: string;
  /** Zero-based lines that stand before it. */
  readonly old: number;
  readonly fresh: number;
}

function linesOf(text: string): readonly string[] {
  const lines = text.split('\n');
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

function rowsOf(old: readonly string[], fresh: readonly string[]): readonly Row[] {
  const rows: Row[] = [];
  let [left, right] = [0, 0];
  for (const run of diffLines(old, fresh)) {
    if (run.same) {
      for (let at = 0; at < run.before; at += 1)
        rows.push({ sign: ' ', text: old[left + at] ?? '', old: left + at, fresh: right + at });
    } else {
      for (let at = 0; at < run.before; at += 1)
        rows.push({ sign: '-', text: old[left + at] ?? '', old: left + at, fresh: right });
      for (let at = 0; at < run.after; at += 1)
        rows.push({ sign: '+', text: fresh[right + at] ?? '', old: left + run.before, fresh: right + at });
    }
    left += run.before;
    right += run.after;
  }
  return rows;
}

/** Changes that stand so near that the lines around them touch are one hunk. */
function hunksOf(rows: readonly Row[]): readonly (readonly Row[])[] {
  const hunks: Row[][] = [];
  let end = 0;
  for (const [at, row] of rows.entries()) {
    if (row.sign === ' ') continue;
    const start = Math.max(at - around, end);
    if (start > end || hunks.length === 0) hunks.push([]);
    const last = Math.min(rows.length, at + around + 1);
    hunks.at(-1)?.push(...rows.slice(Math.max(start, end), last));
    end = Math.max(end, last);
  }
  return hunks;
}

function renderHunk(rows: readonly Row[]): string {
  const [first] = rows;
  const old = rows.filter(({ sign }) => sign !== '+').length;
  const fresh = rows.filter(({ sign }) => sign !== '-').length;
  const start = (line: number, count: number): number => (count === 0 ? line : line + 1);
  const head = `@@ -${start(first?.old ?? 0, old)},${old} +${start(first?.fresh ?? 0, fresh)},${fresh} @@`;
  return [head, ...rows.map(({ sign, text }) => sign + text)].join('\n');
}
