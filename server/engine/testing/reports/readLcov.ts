import type { FileCoverage } from '../../../protocol/tests.ts';
import type { PathMap } from '../runners/runner.ts';

/** Reads line coverage from an lcov tracefile. Records that are cut are left out. */
export function readLcov(text: string, paths: PathMap): readonly FileCoverage[] {
  return text.split('end_of_record').flatMap((record) => {
    const file = /^SF:(.+)$/mu.exec(record)?.[1]?.trim();
    const path = file === undefined ? undefined : paths(file);
    if (path === undefined) return [];
    const lines = [...record.matchAll(/^DA:(\d+),(\d+)/gmu)].map(([, line, count]) => ({
      line: Number(line) - 1,
      count: Number(count),
    }));
    const missed = lines.filter(({ count }) => count === 0).map(({ line }) => line);
    return [{ path, lines: lines.length, coveredLines: lines.length - missed.length, missed }];
  });
}
