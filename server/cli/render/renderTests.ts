import { countTests, type FileCoverage, type TestCase, type TestRunOutcome } from '../../protocol/tests.ts';
import type { Paint } from './paint.ts';
import { plainBlock, plainLine } from './plainText.ts';

export interface TestsView {
  readonly outcome: TestRunOutcome;
  readonly runner: string | undefined;
  readonly coverage: readonly FileCoverage[] | undefined;
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
  return parts.join('') + renderCoverage(view) + renderTotal(outcome, view);
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

function renderCoverage({ coverage = [], showPath, paint }: TestsView): string {
  if (coverage.length === 0) return '';
  const names = coverage.map((file) => plainLine(showPath(file.path)));
  const width = Math.min(60, Math.max(...names.map((name) => name.length)));
  const rows = coverage.map((file, at) => {
    const share =
      file.lines === 0 ? '  –' : `${Math.floor((100 * file.coveredLines) / file.lines)}`.padStart(3);
    const missed = file.missed.length === 0 ? '' : paint.dim(`  missed ${renderRanges(file.missed)}`);
    return `  ${(names[at] ?? '').padEnd(width)} ${share} %${missed}\n`;
  });
  return `${paint.bold('Covered lines')}\n${rows.join('')}\n`;
}

/** Zero-based lines as one-based ranges: `3-5, 9`. */
function renderRanges(lines: readonly number[]): string {
  const ranges: { from: number; to: number }[] = [];
  for (const line of lines.toSorted((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last && line <= last.to + 1) last.to = line;
    else ranges.push({ from: line, to: line });
  }
  const shown = ranges
    .slice(0, 20)
    .map(({ from, to }) => (from === to ? `${from + 1}` : `${from + 1}-${to + 1}`));
  return shown.join(', ') + (ranges.length > 20 ? ', …' : '');
}

function renderTotal(
  outcome: Extract<TestRunOutcome, { kind: 'finished' }>,
  { runner, paint }: TestsView,
): string {
  const counts = countTests(outcome.tests);
  const flaky = counts.flaky === undefined ? '' : `, ${counts.flaky} flaky`;
  const text = `${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped${flaky}`;
  const by = runner === undefined ? '' : `${plainLine(runner)}, `;
  const colour = counts.failed > 0 ? paint.red : paint.green;
  return `${colour(text)} ${paint.dim(`(${by}${(outcome.ms / 1000).toFixed(1)} s)`)}\n`;
}
