import * as vscode from 'vscode';
import type { CoverageReport } from '../../server/protocol/testDisplay.ts';
import type { FileCoverage } from '../../server/protocol/tests.ts';
import { fileUri } from '../folderUri.ts';

/** What the editor shows of one file, and which lines it is made of. */
class ShownCoverage extends vscode.FileCoverage {
  readonly file: FileCoverage;

  constructor(folder: string, file: FileCoverage) {
    const { path, coveredLines, lines, branches } = file;
    super(
      fileUri(folder, path),
      new vscode.TestCoverageCount(coveredLines, lines),
      branches && new vscode.TestCoverageCount(branches.covered, branches.total),
    );
    this.file = file;
  }
}

/** Enters what a run measured; a file in which nothing can run is left out. */
export function addCoverage(testRun: vscode.TestRun, folder: string, { files }: CoverageReport): void {
  for (const file of files) if (file.lines > 0) testRun.addCoverage(new ShownCoverage(folder, file));
}

/** The lines of a file: asked for when somebody looks at it. */
export function loadLines(coverage: vscode.FileCoverage): vscode.FileCoverageDetail[] {
  return coverage instanceof ShownCoverage ? [...linesOf(coverage.file)] : [];
}

function linesOf({ covered, missed, branches }: FileCoverage): readonly vscode.StatementCoverage[] {
  const halfTaken = new Set(branches?.missed);
  const at = (line: number, ran: boolean): vscode.StatementCoverage => {
    const place = new vscode.Range(line, 0, line, maxColumn);
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
const maxColumn = 10_000;
