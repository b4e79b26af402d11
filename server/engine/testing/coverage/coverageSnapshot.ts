import type { FileCoverage } from '../../../protocol/tests.ts';
import { textPrint } from '../textPrint.ts';
import { asObject, entriesOf, parseObject } from './jsonShape.ts';

/** What one run covered, in a form that can be compared with a later run although lines have moved since. */
export interface CoverageSnapshot {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly coveredLines: number;
  readonly lines: number;
  readonly files: Readonly<Record<string, FileSnapshot>>;
}

export interface FileSnapshot {
  readonly coveredLines: number;
  readonly lines: number;
  /** Prints of the texts of lines that ran, and of lines that did not; undefined: the file was too large to keep them. */
  readonly ran?: readonly string[];
  readonly missed?: readonly string[];
}

/** More lines than this are counted and not kept one by one. */
const maxKeptLines = 200_000;

/** `textOf`: the text that was measured; undefined: it is not known. */
export function takeSnapshot(
  coverage: readonly FileCoverage[],
  textOf: (path: string) => string | undefined,
  at: number,
): CoverageSnapshot {
  const files: Record<string, FileSnapshot> = {};
  let kept = 0;
  for (const { path, coveredLines, lines, covered, missed } of coverage) {
    const text = kept + lines > maxKeptLines ? undefined : textOf(path);
    kept += text === undefined ? 0 : lines;
    const prints = text === undefined ? undefined : linePrints(text);
    const of = (numbers: readonly number[]): readonly string[] => numbers.map((line) => prints?.[line] ?? '');
    files[path] = { coveredLines, lines, ...(prints && { ran: of(covered), missed: of(missed) }) };
  }
  return { at, ...totalOf(coverage), files };
}

export function totalOf(coverage: readonly Pick<FileCoverage, 'coveredLines' | 'lines'>[]): {
  readonly coveredLines: number;
  readonly lines: number;
} {
  return {
    coveredLines: coverage.reduce((sum, file) => sum + file.coveredLines, 0),
    lines: coverage.reduce((sum, file) => sum + file.lines, 0),
  };
}

/** 0 to 100. What has no lines is covered. */
export function percentOf({
  coveredLines,
  lines,
}: {
  readonly coveredLines: number;
  readonly lines: number;
}): number {
  return lines === 0 ? 100 : (coveredLines / lines) * 100;
}

/** A few letters for each line, the same for the same text but for space around it. Two lines of one file rarely share them. */
export function linePrints(text: string): readonly string[] {
  return text.split(/\r\n|\n|\r/u).map((line) => textPrint(line.trim()));
}

/** undefined: the text is damaged, or of another version. */
export function readSnapshot(value: unknown): CoverageSnapshot | undefined {
  const snapshot = asObject(value);
  const counts = readCounts(snapshot);
  if (snapshot === undefined || counts === undefined || typeof snapshot['at'] !== 'number') return undefined;
  const files: Record<string, FileSnapshot> = {};
  for (const [path, each] of entriesOf(snapshot['files'])) {
    const file = asObject(each);
    const own = readCounts(file);
    if (own === undefined) return undefined;
    const [ran, missed] = [textsOf(file?.['ran']), textsOf(file?.['missed'])];
    files[path] = { ...own, ...(ran && missed ? { ran, missed } : {}) };
  }
  return { at: snapshot['at'], ...counts, files };
}

export function parseSnapshot(text: string): CoverageSnapshot | undefined {
  return readSnapshot(parseObject(text));
}

function readCounts(
  value: Readonly<Record<string, unknown>> | undefined,
): { readonly coveredLines: number; readonly lines: number } | undefined {
  const [coveredLines, lines] = [value?.['coveredLines'], value?.['lines']];
  return isCount(coveredLines) && isCount(lines) && coveredLines <= lines
    ? { coveredLines, lines }
    : undefined;
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function textsOf(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string') ? value : undefined;
}
