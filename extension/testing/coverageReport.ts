import * as vscode from 'vscode';
import type { CoverageReport } from '../../server/protocol/testDisplay.ts';
import type { FileCoverage } from '../../server/protocol/tests.ts';
import { fileUri } from '../folderUri.ts';

/** What the editor shows of one file, and which lines it is made of. */
class ShownCoverage extends vscode.FileCoverage {
  readonly file: FileCoverage;
  /** By the id of an item: the lines that its test ran. */
  readonly byTest: ReadonlyMap<string, readonly number[]>;

  constructor(folder: string, file: FileCoverage, tests: readonly CoveringTest[]) {
    const { path, coveredLines, lines, branches } = file;
    super(
      fileUri(folder, path),
      new vscode.TestCoverageCount(coveredLines, lines),
      branches && new vscode.TestCoverageCount(branches.covered, branches.total),
      undefined,
      tests.map(({ item }) => item),
    );
    this.file = file;
    this.byTest = new Map(tests.map(({ item, lines: ran }) => [item.id, ran]));
  }
}

interface CoveringTest {
  readonly item: vscode.TestItem;
  readonly lines: readonly number[];
}

/** Enters what a run measured; a file in which nothing can run is left out. `items`: of the tests, by their ids. */
export function addCoverage(
  testRun: vscode.TestRun,
  folder: string,
  { files, perTest }: CoverageReport,
  items: ReadonlyMap<string, vscode.TestItem>,
): void {
  for (const file of files) {
    if (file.lines === 0) continue;
    const tests = perTest.flatMap(({ test, path, lines }): readonly CoveringTest[] => {
      const item = path === file.path ? items.get(test) : undefined;
      return item === undefined ? [] : [{ item, lines }];
    });
    testRun.addCoverage(new ShownCoverage(folder, file, tests));
  }
}

/** The lines of a file: asked for when somebody looks at it. */
export function loadLines(coverage: vscode.FileCoverage): vscode.FileCoverageDetail[] {
  return coverage instanceof ShownCoverage ? [...linesOf(coverage.file)] : [];
}

/** The lines of a file that one test ran. */
export function loadLinesOfTest(
  coverage: vscode.FileCoverage,
  test: vscode.TestItem,
): vscode.FileCoverageDetail[] {
  if (!(coverage instanceof ShownCoverage)) return [];
  const lines = coverage.byTest.get(test.id) ?? [];
  return lines.map((line) => new vscode.StatementCoverage(true, wholeLine(line)));
}

function linesOf({ covered, missed, branches }: FileCoverage): readonly vscode.StatementCoverage[] {
  const halfTaken = new Set(branches?.missed);
  const at = (line: number, ran: boolean): vscode.StatementCoverage => {
    const place = wholeLine(line);
    // The report tells that a way was not taken, not which.
    const ways =
      ran && halfTaken.has(line)
        ? [
            new vscode.BranchCoverage(true, place, 'taken'),
            new vscode.BranchCoverage(false, place, 'not taken'),
          ]
        : [];
    return new vscode.StatementCoverage(ran, place, ways);
  };
  return [...covered.map((line) => at(line, true)), ...missed.map((line) => at(line, false))];
}

/** The editor cuts it at the end of the line. */
function wholeLine(line: number): vscode.Range {
  return new vscode.Range(line, 0, line, 10_000);
}
