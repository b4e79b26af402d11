import type { CodeLens } from 'vscode-languageserver/node';
import type { TestCase } from '../../protocol/tests.ts';
import type { ViewState } from '../../protocol/viewState.ts';
import { lens } from './lens.ts';

const signs: Readonly<Record<TestCase['status'], string>> = {
  passed: '$(pass) Passed',
  failed: '$(error) Failed',
  errored: '$(error) Error',
  skipped: '$(debug-step-over) Skipped',
  flaky: '$(warning) Flaky: failed, then passed',
};

/** Over each line with a test that has run: its last result and *Run*; over the file: *Run All*. */
export function testLenses(root: string, path: string, view: ViewState): readonly CodeLens[] {
  const file = view.tests.find((candidate) => candidate.folder === root && candidate.path === path);
  if (!file) return [];
  const all = lens(0, '$(run-all) Run All Tests', 'codegenLab.runTests', {
    folder: root,
    paths: [path],
    ids: [],
  });
  const lines = new Map<number, TestCase[]>();
  for (const test of file.tests) {
    if (test.line !== undefined) lines.set(test.line, [...(lines.get(test.line) ?? []), test]);
  }
  return [all, ...[...lines].flatMap(([line, tests]) => lensesOf(root, path, { line, tests }))];
}

/** Tests of one line, such as the cases of a parametrized test, share their lenses. */
function lensesOf(
  root: string,
  path: string,
  { line, tests }: { readonly line: number; readonly tests: readonly TestCase[] },
): readonly CodeLens[] {
  const argument = { folder: root, paths: [path], ids: tests.map((test) => test.id) };
  const ms = tests.reduce((sum, test) => sum + test.ms, 0);
  return [
    lens(line, `${titleOf(tests)} (${Math.round(ms)} ms)`, 'codegenLab.showLog'),
    lens(line, '$(play) Run', 'codegenLab.runTests', argument),
  ];
}

function titleOf(tests: readonly TestCase[]): string {
  const [only] = tests;
  if (only && tests.length === 1) return signs[only.status];
  const count = (...statuses: readonly TestCase['status'][]): number =>
    tests.filter((test) => statuses.includes(test.status)).length;
  const red = count('failed', 'errored');
  if (red > 0) return `$(error) ${red} of ${tests.length} failed`;
  const flaky = count('flaky');
  if (flaky > 0) return `$(warning) ${flaky} of ${tests.length} flaky`;
  const passed = count('passed');
  return passed > 0 ? `$(pass) ${passed} passed` : `$(debug-step-over) ${tests.length} skipped`;
}
