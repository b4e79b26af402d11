import type { CodeLens } from 'vscode-languageserver/node';
import { isCaseOf, isTitleMade } from '../../protocol/isCaseOf.ts';
import type { DeclaredTest } from '../../protocol/testDisplay.ts';
import type { TestCase } from '../../protocol/tests.ts';
import type { ViewState } from '../../protocol/viewState.ts';
import type { FiringRule } from './codeLenses.ts';
import { lens } from './lens.ts';

const signs: Readonly<Record<TestCase['status'], string>> = {
  passed: '$(pass) Passed',
  failed: '$(error) Failed',
  errored: '$(error) Error',
  skipped: '$(debug-step-over) Skipped',
  flaky: '$(warning) Flaky: failed, then passed',
};

export interface TestLensParts {
  readonly root: string;
  readonly path: string;
  readonly view: ViewState;
  /** As the text is now; undefined: nobody can tell, so that only what has run is shown, where it was. */
  readonly declared: readonly DeclaredTest[] | undefined;
  /** Rules that concern a file. */
  readonly rulesFor: (path: string) => readonly FiringRule[];
}

/** Tests that share a line, such as the cases of a parametrized test, share their lenses. */
interface TestLine {
  readonly line: number;
  readonly results: readonly TestCase[];
  /** By which they are run; empty: with their whole file. */
  readonly ids: readonly string[];
}

/** Over each test its last result, *Run*, *Debug* and, where it is red, *Fix*; over the file *Run All*. */
export function testLenses(parts: TestLensParts): readonly CodeLens[] {
  const { root, path, view, declared } = parts;
  const file = view.tests.find((candidate) => candidate.folder === root && candidate.path === path);
  const lines = linesOf(file?.tests ?? [], declared ?? []);
  if (lines.length === 0) return [];
  const all = { folder: root, paths: [path], ids: [] };
  return [
    lens(0, '$(run-all) Run All Tests', 'codegenLab.runTests', all),
    ...lines.flatMap((line) => lensesOf(parts, line)),
  ];
}

function linesOf(results: readonly TestCase[], declared: readonly DeclaredTest[]): readonly TestLine[] {
  const left = new Set(results);
  const lines = declared.map((test): TestLine => {
    const cases = [...left].filter((result) => isCaseOf(test, result));
    for (const result of cases) left.delete(result);
    const isMade = [...test.suites, test.name].some(isTitleMade);
    const ids = cases.length > 0 ? cases.map(({ id }) => id) : isMade ? [] : [test.id];
    return { line: test.line, results: cases, ids };
  });
  const others = new Map<number, TestCase[]>();
  for (const result of left)
    if (result.line !== undefined) others.set(result.line, [...(others.get(result.line) ?? []), result]);
  return [
    ...lines,
    ...[...others].map(([line, cases]) => ({ line, results: cases, ids: cases.map(({ id }) => id) })),
  ];
}

function lensesOf(parts: TestLensParts, { line, results, ids }: TestLine): readonly CodeLens[] {
  const { root, path } = parts;
  const argument = { folder: root, paths: [path], ids };
  const ms = results.reduce((sum, test) => sum + test.ms, 0);
  const title = `${titleOf(results)} (${Math.round(ms)} ms)`;
  return [
    ...(results.length === 0 ? [] : [lens(line, title, 'codegenLab.showLog')]),
    lens(line, '$(play) Run', 'codegenLab.runTests', argument),
    lens(line, '$(debug-alt) Debug', 'codegenLab.runTests', { ...argument, debug: true }),
    ...fixLenses(parts, line, results),
  ];
}

/** The first rule that mends the code on the way to the failure, or else the test. */
function fixLenses(
  { root, path, view, rulesFor }: TestLensParts,
  line: number,
  results: readonly TestCase[],
): readonly CodeLens[] {
  const failure = results.find(isRed)?.failure;
  if (failure === undefined || view.status.model === undefined || view.status.state === 'restricted')
    return [];
  const frames = failure.frames.map((frame) => frame.path).filter((frame) => frame !== path);
  for (const target of [...new Set([...frames, path])]) {
    const rule = rulesFor(target).find(({ fixes }) => fixes);
    if (rule === undefined) continue;
    const argument = { ruleId: rule.ruleId, folder: root, path: target };
    return [lens(line, `$(wrench) Fix (${rule.name})`, 'codegenLab.runRule', argument)];
  }
  return [];
}

function isRed({ status }: TestCase): boolean {
  return status === 'failed' || status === 'errored';
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
