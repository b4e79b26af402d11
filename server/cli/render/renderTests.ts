import {
  countTests,
  describeNotRun,
  type FileCoverage,
  type TestCase,
  type TestRunOutcome,
  type TestsNotRun,
} from '../../protocol/tests.ts';
import type { TestsResult } from '../../engine/engine.ts';
import { percentOf, totalOf } from '../../engine/testing/coverage/coverageSnapshot.ts';
import type { CoverageVerdict } from '../../engine/testing/coverage/judgeCoverage.ts';
import type { Paint } from './paint.ts';
import { plainBlock, plainLine } from './plainText.ts';
import { renderCoverage } from './renderCoverage.ts';

export interface TestsView {
  readonly outcome: TestRunOutcome;
  readonly runner: string | undefined;
  readonly coverage: readonly FileCoverage[] | undefined;
  readonly verdict: CoverageVerdict | undefined;
  readonly notRun: readonly TestsNotRun[];
  /** Earlier runs of all tests, the oldest first. */
  readonly trend: TestsResult['trend'];
  readonly showPath: (path: string) => string;
  readonly paint: Paint;
}

/** Failures with their places, what was covered, and a last line with the numbers. */
export function renderTests(view: TestsView): string {
  const { outcome, paint } = view;
  if (outcome.kind === 'cancelled') return `${paint.yellow('Stopped.')}\n`;
  if (outcome.kind !== 'finished') {
    const output = outcome.kind === 'noReport' && outcome.output ? plainBlock(outcome.output, '  ') : '';
    return `${paint.red(plainLine(outcome.message))}\n${output}`;
  }
  const failures = outcome.tests.filter((test) => test.failure !== undefined && test.status !== 'passed');
  const parts = failures.map((test) => renderFailure(test, view));
  const covered = renderCoverage(view.coverage ?? [], view.showPath, paint);
  const sums = [renderTrend(view), renderVerdict(view), renderNotRun(view), renderTotal(outcome, view)];
  return parts.join('') + covered + sums.join('');
}

function renderNotRun({ notRun, paint }: TestsView): string {
  const lines = notRun.map((each) => {
    const colour = each.why === 'noProgram' ? paint.red : paint.yellow;
    return `${colour(plainLine(describeNotRun(each)))}\n`;
  });
  return lines.join('');
}

function renderFailure(test: TestCase, { showPath, paint }: TestsView): string {
  const name = [...test.suites, test.name].map(plainLine).join(' > ');
  const { failure } = test;
  const lines = [
    `${test.status === 'flaky' ? paint.yellow('FLAKY') : paint.red('FAIL')} ${paint.bold(name)}\n`,
    `     ${plainLine(renderPlace(test, showPath))}\n`,
    plainBlock(failure?.message ?? '', '     '),
  ];
  if (failure?.expected !== undefined) lines.push(renderValue('expected', failure.expected, paint.green));
  if (failure?.actual !== undefined) lines.push(renderValue('actual', failure.actual, paint.red));
  return `${lines.join('')}\n`;
}

/** Where it failed, as far as the report tells; else where the test stands. */
function renderPlace({ path, line, failure }: TestCase, showPath: (path: string) => string): string {
  const frame = failure?.frames.find((candidate) => candidate.path === path) ?? failure?.frames[0];
  if (frame) return `${showPath(frame.path)}:${frame.line + 1}`;
  if (path === undefined) return 'the report does not say where';
  return line === undefined ? showPath(path) : `${showPath(path)}:${line + 1}`;
}

function renderValue(label: string, value: string, colour: (text: string) => string): string {
  const block = plainBlock(value, ' '.repeat(15)).trim();
  return `     ${`${label}:`.padEnd(10)}${colour(block)}\n`;
}

const maxTrend = 5;

/** What the runs before came to, and this one, so that a slow fall is seen. */
function renderTrend({ trend = [], coverage = [], paint }: TestsView): string {
  if (trend.length === 0 || coverage.length === 0) return '';
  const shares = [...trend.slice(-maxTrend), totalOf(coverage)].map(
    (run) => `${Math.floor(percentOf(run) * 10) / 10} %`,
  );
  return paint.dim(`Covered in the last runs of all tests: ${shares.join(', ')}\n`);
}

function renderVerdict({ verdict, paint }: TestsView): string {
  if (verdict === undefined || verdict.message === '') return '';
  const colour = { good: paint.green, warning: paint.yellow, failure: paint.red }[verdict.level];
  return `${colour(plainLine(verdict.message))}\n`;
}

function renderTotal(
  outcome: Extract<TestRunOutcome, { kind: 'finished' }>,
  { runner, notRun, paint }: TestsView,
): string {
  const counts = countTests(outcome.tests);
  const flaky = counts.flaky === undefined ? '' : `, ${counts.flaky} flaky`;
  const text = `${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped${flaky}`;
  const by = runner === undefined ? '' : `${plainLine(runner)}, `;
  const isLacking = notRun.some(({ why }) => why === 'noProgram');
  const colour = counts.failed > 0 || isLacking ? paint.red : paint.green;
  return `${colour(text)} ${paint.dim(`(${by}${(outcome.ms / 1000).toFixed(1)} s)`)}\n`;
}
