import type { TestCase, TestFailure, TestRunOutcome } from '../../../protocol/tests.ts';
import type { PathMap, ReportReading } from '../runners/runner.ts';
import { agree, cleanDetail, firstLine, readFrames, withUniqueIds } from './reportText.ts';

/** One line of what our reporter for unittest writes. */
type UnittestEvent =
  | {
      readonly type: 'test';
      readonly path: string | null;
      /** One-based. */
      readonly line: number | null;
      readonly suites: readonly string[];
      readonly name: string;
      /** What tells a subtest, such as `(i=3)`. */
      readonly part: string | null;
      readonly status: TestCase['status'];
      readonly ms: number;
      readonly text: string;
      /** The last lines of `text`, which say what was raised. */
      readonly last: string;
    }
  | { readonly type: 'load'; readonly path: string; readonly text: string; readonly last: string }
  | { readonly type: 'missing'; readonly name: string }
  | { readonly type: 'end' };

/** Reads what our reporter for unittest wrote. A report without its last line is no report. */
export function readUnittestEvents(reading: ReportReading): TestRunOutcome {
  const events = parseEvents(reading.report ?? '');
  if (events.at(-1)?.type === 'missing')
    return {
      kind: 'runnerMissing',
      message: 'Coverage needs coverage.py 6.3 or newer: python -m pip install coverage.',
    };
  if (events.at(-1)?.type !== 'end') {
    const message = `unittest ended with code ${reading.exitCode} before its report was complete. Look at its output.`;
    return { kind: 'noReport', message, output: cleanDetail(reading.output) };
  }
  const tests = withUniqueIds(events.flatMap((event) => testsOf(event, reading.paths)));
  if (tests.length === 0 && reading.exitCode === 0)
    return { kind: 'noTests', message: 'unittest found no test in these files.' };
  return agree(tests, reading.exitCode, reading);
}

/** Lines up to the first that is cut or garbled. */
function parseEvents(text: string): readonly UnittestEvent[] {
  const events: UnittestEvent[] = [];
  for (const line of text.split('\n')) {
    if (line === '') continue;
    try {
      const event: unknown = JSON.parse(line);
      if (!isEvent(event)) break;
      events.push(event);
    } catch {
      break;
    }
  }
  return events;
}

/** What ran may have written into its report: shapes are looked at before they are used. */
function isEvent(value: unknown): value is UnittestEvent {
  if (typeof value !== 'object' || value === null) return false;
  const field = new Map<string, unknown>(Object.entries(value));
  const isText = (key: string): boolean => typeof field.get(key) === 'string';
  switch (field.get('type')) {
    case 'end':
      return true;
    case 'missing':
      return isText('name');
    case 'load':
      return ['path', 'text', 'last'].every(isText);
    case 'test':
      return (
        ['name', 'text', 'last'].every(isText) &&
        (isText('path') || field.get('path') === null) &&
        (isText('part') || field.get('part') === null) &&
        (Number.isInteger(field.get('line')) || field.get('line') === null) &&
        typeof field.get('ms') === 'number' &&
        statuses.has(String(field.get('status'))) &&
        isTexts(field.get('suites'))
      );
    default:
      return false;
  }
}

const statuses = new Set(['passed', 'failed', 'errored', 'skipped']);

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string');
}

function testsOf(event: UnittestEvent, paths: PathMap): readonly TestCase[] {
  if (event.type === 'load') return [unloaded(event, paths)];
  if (event.type !== 'test') return [];
  const { status, ms, line } = event;
  const path = event.path === null ? undefined : paths(event.path);
  const name = event.part ?? event.name;
  const suites = event.part === null ? event.suites : [...event.suites, event.name];
  const base = {
    id: [path ?? '', ...suites, name].join('::'),
    name,
    suites,
    ms,
    ...(path === undefined ? {} : { path }),
    ...(path === undefined || line === null ? {} : { line: Math.max(0, line - 1) }),
  };
  const isRed = status === 'failed' || status === 'errored';
  return [isRed ? { ...base, status, failure: failureOf(event, paths) } : { ...base, status }];
}

function unloaded(event: Extract<UnittestEvent, { readonly type: 'load' }>, paths: PathMap): TestCase {
  const path = paths(event.path);
  return {
    id: `${path ?? ''}::`,
    name: `${path ?? event.path} could not be loaded`,
    suites: [],
    ms: 0,
    ...(path === undefined ? {} : { path }),
    status: 'errored',
    failure: failureOf(event, paths),
  };
}

function failureOf(
  { text, last }: { readonly text: string; readonly last: string },
  paths: PathMap,
): TestFailure {
  const raised = firstLine(last.split('\n').find((line) => /^\w/u.test(line)) ?? last);
  const values = /^AssertionError: (?<actual>[^\n]{1,200}?) != (?<expected>[^\n]{1,200}?)(?: : .*)?$/mu.exec(
    last,
  )?.groups;
  return {
    message: raised,
    detail: cleanDetail(text),
    // Python tells a trace from the outside to where it was raised.
    frames: readFrames(text, paths).toReversed(),
    ...(values?.['actual'] === undefined || values['expected'] === undefined
      ? {}
      : { actual: cleanDetail(values['actual']), expected: cleanDetail(values['expected']) }),
  };
}
