import type { TestCase, TestFailure, TestRunOutcome } from '../../../protocol/tests.ts';
import type { PathMap, ReportReading } from '../runners/runner.ts';
import { parseTap, type TapPoint } from './parseTap.ts';
import { agree, cleanDetail, firstLine, readFrames, withUniqueIds } from './reportText.ts';

/** Finds where a test of this name is declared; undefined: nobody knows. */
export type TapPlaces = (name: string) => { readonly path: string; readonly line: number } | undefined;

/** Reads TAP that a runner printed. A document without its plan, or with fewer points, is no report. */
export function readTap(reading: ReportReading, title: string, places: TapPlaces): TestRunOutcome {
  const { report = '', exitCode, output } = reading;
  const { points, planned, bailedOut } = parseTap(report);
  if (bailedOut !== undefined || planned === undefined || points.length !== planned) {
    const why = bailedOut === undefined ? '' : `: ${cleanDetail(bailedOut)}`;
    const message = `${title} ended with code ${exitCode} before its report was complete${why}. Look at its output.`;
    return { kind: 'noReport', message, output: cleanDetail(output) };
  }
  const tests = withUniqueIds(groupsOf(points).map((group) => testOf(group, reading.paths, places)));
  if (tests.length === 0 && exitCode === 0)
    return { kind: 'noTests', message: `${title} found no test in these files.` };
  return agree(tests, exitCode, reading);
}

interface Group {
  readonly suites: readonly string[];
  readonly name: string;
  readonly points: readonly TapPoint[];
}

/** Points under one comment are one test; a subtest is a suite of its own tests; any other point is a test. */
function groupsOf(points: readonly TapPoint[], suites: readonly string[] = []): readonly Group[] {
  const groups: { suites: readonly string[]; name: string; points: TapPoint[] }[] = [];
  for (const point of points) {
    if (point.children.length > 0) {
      const inner = groupsOf(point.children, [...suites, point.description]);
      groups.push(...inner.map((group) => ({ ...group, points: [...group.points] })));
      const isTold = inner.some((group) => group.points.some(isRed));
      if (isRed(point) && !isTold) groups.push({ suites, name: point.description, points: [point] });
      continue;
    }
    const last = groups.at(-1);
    const isSame =
      last !== undefined && last.points[0]?.heading === point.heading && last.name === point.heading;
    if (isSame) last.points.push(point);
    else
      groups.push({
        suites,
        name: point.heading === '' || suites.length > 0 ? point.description : point.heading,
        points: [point],
      });
  }
  return groups;
}

function isRed({ isOk, directive }: TapPoint): boolean {
  return !isOk && directive === undefined;
}

function testOf({ suites, name, points }: Group, paths: PathMap, places: TapPlaces): TestCase {
  const red = points.find(isRed);
  const failure = red === undefined ? undefined : failureOf(red, paths);
  const place = places(suites[0] ?? name) ?? places(name);
  const path = place?.path ?? failure?.frames.at(-1)?.path;
  const base = {
    id: [path ?? '', ...suites, name].join('::'),
    name,
    suites,
    ms: 0,
    ...(path === undefined ? {} : { path }),
    ...(place === undefined ? {} : { line: place.line }),
  };
  if (failure !== undefined) return { ...base, status: 'failed', failure };
  const isSkipped = points.every(({ directive }) => directive !== undefined);
  return { ...base, status: isSkipped ? 'skipped' : 'passed' };
}

function failureOf({ description, diagnostics }: TapPoint, paths: PathMap): TestFailure {
  const lines = diagnostics.replace(/^ {4}/gmu, '');
  const frames = readFrames(lines, paths);
  const [actual, expected] = [valueOf(lines, 'actual'), valueOf(lines, 'expected')];
  return {
    message: firstLine(description === '' ? (valueOf(lines, 'message') ?? lines) : description),
    detail: cleanDetail([description, lines].filter((part) => part !== '').join('\n')),
    frames,
    ...(actual === undefined || expected === undefined ? {} : { actual, expected }),
  };
}

/** A scalar of the diagnostics, or the lines of a block of text. */
function valueOf(lines: string, key: string): string | undefined {
  const found = new RegExp(`^${key}:[ \\t]*(?:\\|-?\\n(?<block>(?: {2}.*\\n?)+)|(?<plain>.+))$`, 'mu').exec(
    lines,
  )?.groups;
  const value = found?.['plain'] ?? found?.['block']?.replace(/^ {2}/gmu, '').trimEnd();
  return value === undefined ? undefined : cleanDetail(value.replace(/^(['"])(.*)\1$/u, '$2'));
}
