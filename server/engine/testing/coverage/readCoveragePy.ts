import type { FileCoverage } from '../../../protocol/tests.ts';
import type { PathMap } from '../runners/runner.ts';
import { collectFiles } from './collectFiles.ts';
import { arrayOf, asObject, entriesOf, numbersOf, parseObject, type JsonObject } from './jsonShape.ts';
import type { LineHits } from './lineHits.ts';

/** Reads the JSON report of coverage.py 5 and newer (`coverage json`). A report that is not whole tells nothing. */
export function readCoveragePy(text: string, paths: PathMap): readonly FileCoverage[] {
  const report = parseObject(text);
  const hasBranches = asObject(report?.['meta'])?.['branch_coverage'] === true;
  const files = collectFiles(paths);
  for (const [name, value] of entriesOf(report?.['files'])) {
    const file = asObject(value);
    const hits = file === undefined ? undefined : files.of(name);
    if (!file || !hits) continue;
    readLines(file, hits);
    if (hasBranches) readBranches(file, hits);
  }
  return files.all();
}

/** What the project excludes from coverage is told among the executed lines too, where it ran. */
function readLines(file: JsonObject, hits: LineHits): void {
  const excluded = new Set(numbersOf(file['excluded_lines']));
  for (const line of numbersOf(file['executed_lines'])) if (!excluded.has(line)) hits.addLine(line - 1, true);
  for (const line of numbersOf(file['missing_lines'])) hits.addLine(line - 1, false);
}

/** A branch is a pair of lines: from where, to where; a negative one leaves the function. */
function readBranches(file: JsonObject, hits: LineHits): void {
  hits.tellsBranches();
  for (const [key, isTaken] of [
    ['executed_branches', true],
    ['missing_branches', false],
  ] as const)
    for (const branch of arrayOf(file[key])) {
      const [from, to] = numbersOf(branch);
      if (from !== undefined && to !== undefined)
        hits.addBranch(`${from},${to}`, { line: Math.abs(from) - 1, isTaken });
    }
}
