import type { TestCase, TestFailure, TestRunOutcome, TestStatus } from '../../../protocol/tests.ts';
import type { PathMap, ReportReading } from '../runners/runner.ts';
import { isPackageEvent, type PackageError, type PackageEvent } from './packageEvent.ts';
import { agree, cleanDetail, firstLine, readFrames, withUniqueIds } from './reportText.ts';

/**
 * Reads what our reporters for vitest, jest and mocha wrote. A report without its last line is no report, even if all tests in
 * it are green: what was to come is not known. `runner` is what messages call it.
 */
export function readPackageEvents(runner: string, reading: ReportReading): TestRunOutcome {
  const events = parseEvents(reading.report ?? '');
  const output = cleanDetail(reading.output);
  const last = events?.at(-1);
  if (events === undefined || last?.type !== 'end' || last.lines !== events.length) {
    const message = `${runner} ended with code ${reading.exitCode} before its report was complete${lastStarted(events ?? [], reading.paths)}. Look at its output.`;
    return { kind: 'noReport', message, output };
  }
  const tests = withUniqueIds(events.flatMap((event) => testOf(event, reading.paths)));
  if (tests.length === 0 && reading.exitCode === 0)
    return { kind: 'noTests', message: `${runner} found no test in these files.` };
  return agree(tests, reading.exitCode, reading);
}

/** undefined: a line is no event of ours. */
function parseEvents(report: string): readonly PackageEvent[] | undefined {
  if (!report.endsWith('\n')) return undefined;
  const events: PackageEvent[] = [];
  for (const line of report.split('\n').slice(0, -1)) {
    const event = parseLine(line);
    if (event === undefined) return undefined;
    events.push(event);
  }
  return events;
}

function parseLine(line: string): PackageEvent | undefined {
  try {
    const event: unknown = JSON.parse(line);
    return isPackageEvent(event) ? event : undefined;
  } catch {
    // Cut, or written by somebody else.
    return undefined;
  }
}

/** Where a run that was cut short had come to. */
function lastStarted(events: readonly PackageEvent[], paths: PathMap): string {
  const started = events.findLast(({ type }) => type === 'start');
  const place = started?.file === undefined ? undefined : paths(started.file);
  if (place === undefined) return '';
  return started?.name === undefined
    ? ` (it had begun ${place})`
    : ` (it had begun "${cleanDetail(started.name)}" in ${place})`;
}

const statuses: ReadonlyMap<string, TestStatus> = new Map([
  ['passed', 'passed'],
  ['failed', 'failed'],
  ['errored', 'errored'],
  ['skipped', 'skipped'],
  ['todo', 'skipped'],
]);

function testOf(event: PackageEvent, paths: PathMap): readonly TestCase[] {
  switch (event.type) {
    case 'test':
      return [caseOf(event, paths)];
    case 'file':
    case 'suite':
    case 'error':
      return [outsideOfTests(event, paths)];
    default:
      return [];
  }
}

function caseOf(event: PackageEvent, paths: PathMap): TestCase {
  const { file, suites = [], name = '', line, ms = 0, errors = [] } = event;
  const path = file === undefined ? undefined : paths(file);
  const status = statuses.get(event.status ?? '');
  const base = {
    id: [path ?? '', ...suites, name].join('::'),
    name,
    suites,
    ms,
    ...(path === undefined ? {} : { path }),
    ...(line === undefined ? {} : { line: Math.max(0, line - 1) }),
  };
  if (status === undefined) {
    const message = 'It did not end: the run ended before.';
    return { ...base, status: 'errored', failure: { message, detail: message, frames: [] } };
  }
  if (status === 'failed' || status === 'errored')
    return { ...base, status, failure: failureOf(errors, paths) };
  if (status === 'passed' && (event.retries ?? 0) > 0)
    return { ...base, status: 'flaky', failure: failureOf(errors, paths, unsaidFlake) };
  return { ...base, status };
}

/** A file that could not be loaded, a hook that broke, an error that nobody caught. */
function outsideOfTests(event: PackageEvent, paths: PathMap): TestCase {
  const { type, file, suites = [], errors = [], loaded = false } = event;
  const path = file === undefined ? undefined : paths(file);
  const names: Readonly<Record<string, string>> = {
    error: 'An error outside of any test',
    file: loaded
      ? `${path ?? 'A file'} failed outside of its tests`
      : `${path ?? 'A file'} could not be loaded`,
  };
  return {
    id: [path ?? '', ...suites, ''].join('::'),
    name: names[type] ?? `The hooks of ${suites.at(-1) ?? 'a suite'}`,
    suites,
    ms: 0,
    ...(path === undefined ? {} : { path }),
    status: 'errored',
    failure: failureOf(errors, paths),
  };
}

/** Jest does not keep why it ran a test again. */
const unsaidFlake = 'It failed at first and passed when the runner ran it again.';

function failureOf(errors: readonly PackageError[], paths: PathMap, otherwise = 'failed'): TestFailure {
  const [first] = errors;
  if (first === undefined) return { message: otherwise, detail: otherwise, frames: [] };
  const text = errors.map(wholeText).join('\n\n');
  return {
    message: withOwnPaths(messageOf(first), paths),
    detail: cleanDetail(text),
    frames: readFrames(plain(text), paths),
    ...(first.expected === undefined ? {} : { expected: cleanDetail(first.expected) }),
    ...(first.actual === undefined ? {} : { actual: cleanDetail(first.actual) }),
  };
}

/** Some stacks begin with the message, others hold the frames alone. */
function wholeText({ message, stack }: PackageError): string {
  const start = message.split('\n')[0] ?? '';
  return stack.includes(start) ? stack : `${message}\n${stack}`;
}

/** Jest's message is all that it prints: its first line is the assertion, and what was compared stands further below. */
function messageOf({ name, message }: PackageError): string {
  const compared = [
    ...plain(message).matchAll(/^(Expected|Received)\b[^:\n]{0,40}: {1,4}(\S[^\n]{0,80})$/gmu),
  ].map(([, label, value]) => `${label?.toLowerCase()} ${value}`);
  const line = firstLine(plain(message)).replace(
    /^(?:Error|AssertionError|AssertionError \[ERR_ASSERTION\]): /u,
    '',
  );
  const isPlain =
    name === undefined || /^(?:Error|AssertionError)$/u.test(name) || line.startsWith(`${name}:`);
  const whole = isPlain ? line : `${name}: ${line}`;
  return compared.length === 0 ? whole : `${whole}: ${compared.join(', ')}`;
}

/** Names files of the workspace as everywhere else. */
function withOwnPaths(message: string, paths: PathMap): string {
  return message.replace(
    /(?:file:\/\/)?(?:\/|[A-Za-z]:[\\/])[^\s:'"()]{1,400}/gu,
    (path) => paths(path) ?? path,
  );
}

/** Colours stand inside of the lines that name frames. */
function plain(text: string): string {
  return text.replace(/\u001B\[[\d;]*m/gu, '');
}
