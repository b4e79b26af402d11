import type { Paint } from './paint.ts';

const maxWidth = 60;

/** Columns that stand under one another; the last one is as long as it is. Cells are harmless already. */
export function renderTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  paint: Paint,
): string {
  const widths = header.map((name, at) =>
    Math.min(maxWidth, Math.max(name.length, ...rows.map((row) => row[at]?.length ?? 0))),
  );
  const renderRow = (cells: readonly string[]): string =>
    cells.map((cell, at) => (at === cells.length - 1 ? cell : cell.padEnd(widths[at] ?? 0))).join('  ');
  return [paint.dim(renderRow(header)), ...rows.map(renderRow)].map((line) => `${line}\n`).join('');
}
