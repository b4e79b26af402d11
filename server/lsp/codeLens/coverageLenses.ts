import type { CodeLens } from 'vscode-languageserver/node';
import type { FileCoverage } from '../../protocol/tests.ts';
import { uriOf } from '../folders.ts';
import { lens } from './lens.ts';

/** Over code that tests have run: how much of it, and *Run Tests*. */
export function coverageLenses(
  root: string,
  path: string,
  coverage: FileCoverage | undefined,
): readonly CodeLens[] {
  if (coverage === undefined || coverage.lines === 0) return [];
  const { coveredLines, lines, missed } = coverage;
  // Never all of it while a line is missed.
  const percent = Math.floor((100 * coveredLines) / lines);
  const uri = uriOf(root, path);
  const left = missed.length === 0 ? '' : `, ${missed.length} left`;
  return [
    lens(0, `$(run-coverage) ${percent} % of lines covered${left}`, 'codegenLab.showUncoveredLines', { uri }),
    lens(0, '$(play) Run Tests', 'codegenLab.runTests', { folder: root, paths: [path], ids: [] }),
  ];
}
