import type { FileCoverage } from '../../../protocol/tests.ts';
import type { PathMap } from '../runners/runner.ts';
import { collectFiles } from './collectFiles.ts';
import type { LineHits } from './lineHits.ts';

/** Reads lines (`DA`) and branches (`BRDA`) from an lcov tracefile. A record without its end was cut and is left out. */
export function readLcov(text: string, paths: PathMap): readonly FileCoverage[] {
  const files = collectFiles(paths);
  for (const record of text.split(/^end_of_record[ \t]*\r?$/mu).slice(0, -1)) {
    const file = /^SF:(.+)$/mu.exec(record)?.[1]?.trim();
    const hits = file === undefined ? undefined : files.of(file);
    if (hits) readRecord(record, hits);
  }
  return files.all();
}

function readRecord(record: string, hits: LineHits): void {
  for (const [, line, count] of record.matchAll(/^DA:(\d+),(\d+)/gmu))
    hits.addLine(Number(line) - 1, Number(count) > 0);
  // "-": the condition was never reached.
  for (const [, line, branch = '', count] of record.matchAll(/^BRDA:(\d+),([^\r\n]*),(-|\d+)[ \t]*\r?$/gmu))
    hits.addBranch(`${line},${branch}`, { line: Number(line) - 1, isTaken: Number(count) > 0 });
  if (/^BRF:\d/mu.test(record)) hits.tellsBranches();
}
