import { existsSync, readFileSync } from 'node:fs';
import type { ReportLine } from '../../extension/test/support/suiteReport.ts';
import type { LaneResult } from '../lanes/lane.ts';

export interface SuiteReport {
  /** `undefined` when the suite did not come to its end. */
  readonly result: LaneResult | undefined;
  readonly lines: readonly ReportLine[];
}

/** Reads what a suite has written; a file that is not there is a suite that never began. */
export function readReport(path: string): SuiteReport {
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const lines = text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as ReportLine);
  const count = (kind: ReportLine['kind']) => lines.filter((line) => line.kind === kind).length;
  const isWhole = lines.at(-1)?.kind === 'end';
  const result = { passed: count('passed'), failed: count('failed'), skipped: count('skipped') };
  return { result: isWhole ? result : undefined, lines };
}

/** A line per test, and for a failed one why. */
export function renderReport(lines: readonly ReportLine[]): string {
  return lines.flatMap((line) => (line.kind === 'end' ? [] : [renderLine(line)])).join('\n');
}

function renderLine(line: Exclude<ReportLine, { kind: 'end' }>): string {
  if (line.kind === 'skipped') return `    - ${line.title}`;
  const time = ` (${Math.round(line.milliseconds)} ms)`;
  if (line.kind === 'passed') return `    ✔ ${line.title}${time}`;
  const why = line.error.split('\n').map((text) => `        ${text}`);
  return [`    FAILED ${line.title}${time}`, ...why].join('\n');
}
