import { relative } from 'node:path';

export interface LineCount {
  readonly covered: number;
  readonly all: number;
}

/** Lines of one file in an lcov report, that ran and that could; undefined: the report does not know the file. */
export function countLcov(report: string, file: string, folder: string): LineCount | undefined {
  const record = report.split('end_of_record').find((part) => {
    const name = /^SF:(.*)$/mu.exec(part)?.[1] ?? '';
    return name === file || relative(folder, name).replaceAll('\\', '/') === file;
  });
  if (record === undefined) return undefined;
  const hits = [...record.matchAll(/^DA:\d+,(\d+)/gmu)].map(([, count]) => Number(count));
  return { covered: hits.filter((count) => count > 0).length, all: hits.length };
}
