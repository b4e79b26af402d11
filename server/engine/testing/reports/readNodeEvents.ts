import type { FileCoverage, TestCase, TestFailure, TestRunOutcome } from '../../../protocol/tests.ts';
import { collectFiles } from '../coverage/collectFiles.ts';
import type { PathMap, ReportReading } from '../runners/runner.ts';
import { isNodeEvent, type NodeEvent, type NodeError } from './nodeEvent.ts';
import { agree, cleanDetail, firstLine, readFrames, withUniqueIds } from './reportText.ts';

/** Reads what our reporter for `node --test` wrote. A report without its last line is no report. */
export function readNodeEvents(reading: ReportReading): TestRunOutcome {
  const events = parseEvents(reading.report ?? '');
  if (events.at(-1)?.type !== 'end') {
    const message = `node --test ended with code ${reading.exitCode} before its report was complete. Look at its output.`;
    return { kind: 'noReport', message, output: cleanDetail(reading.output) };
  }
  const tests = collectTests(events, reading.paths);
  const unfinished = collectUnfinished(events, reading.paths);
  const all = withUniqueIds([...tests, ...unfinished]);
  if (all.length === 0 && reading.exitCode === 0) {
    return {
      kind: 'noTests',
      message: 'node --test found no test in these files, or they ended before one did.',
    };
  }
  // A file that calls process.exit(0) is a success for the runner; its other tests are not.
  if (unfinished.length > 0) return { kind: 'finished', tests: all, ms: reading.ms };
  return agree(all, reading.exitCode, reading);
}

/** Lines and branches of workspace files; empty when it was not asked for. */
export function readNodeCoverage(text: string, paths: PathMap): readonly FileCoverage[] {
  const files = collectFiles(paths);
  for (const { type, file, lines = [], branches } of parseEvents(text)) {
    const hits = type === 'test:coverage' && file !== undefined ? files.of(file) : undefined;
    for (const [line, count] of lines) hits?.addLine(line - 1, count > 0);
    if (branches) hits?.tellsBranches();
    branches?.forEach(([line, count], at) =>
      hits?.addBranch(`${at}`, { line: line - 1, isTaken: count > 0 }),
    );
  }
  return files.all();
}

/** Lines up to the first that is cut or garbled. */
function parseEvents(text: string): readonly NodeEvent[] {
  const events: NodeEvent[] = [];
  for (const line of text.split('\n')) {
    if (line === '') continue;
    try {
      const event: unknown = JSON.parse(line);
      if (!isNodeEvent(event)) break;
      events.push(event);
    } catch {
      break;
    }
  }
  return events;
}

const maxStderr = 20_000;

function collectTests(events: readonly NodeEvent[], paths: PathMap): readonly TestCase[] {
  const tests: TestCase[] = [];
  const names: string[] = [];
  const stderr = new Map<string, string>();
  for (const event of events) {
    const { nesting = 0, name = '', file = '' } = event;
    // Node 24 names the file of this event as it was given, Node 20 by its absolute path.
    const origin = paths(file) ?? file;
    if (event.type === 'test:stderr') {
      stderr.set(origin, ((stderr.get(origin) ?? '') + (event.message ?? '')).slice(-maxStderr));
    }
    if (event.type === 'test:start') {
      names.length = nesting;
      names.push(name);
    }
    if (event.type !== 'test:pass' && event.type !== 'test:fail') continue;
    const test = testOf(
      event,
      names.slice(0, nesting),
      { path: paths(file), stderr: stderr.get(origin) ?? '' },
      paths,
    );
    if (test) tests.push(test);
  }
  return tests;
}

/** Tests that were announced and never ended, because their file ended before. */
function collectUnfinished(events: readonly NodeEvent[], paths: PathMap): readonly TestCase[] {
  const open = new Map<string, NodeEvent[]>();
  for (const event of events) {
    const { type, name = '', file = '', line = 0, nesting = 0 } = event;
    if (isFileEvent(event, paths)) continue;
    const key = JSON.stringify([file, line, nesting, name]);
    if (type === 'test:enqueue') open.set(key, [...(open.get(key) ?? []), event]);
    if (type === 'test:pass' || type === 'test:fail') open.get(key)?.pop();
  }
  return [...open.values()].flat().map((event) => unfinishedTest(event, paths));
}

function unfinishedTest({ name = '', file = '', line = 1 }: NodeEvent, paths: PathMap): TestCase {
  const path = paths(file);
  const message = 'It did not end: its file ended before, for instance by process.exit().';
  return {
    id: [path ?? '', name].join('::'),
    name,
    suites: [],
    ms: 0,
    ...(path === undefined ? {} : { path, line: line - 1 }),
    status: 'errored',
    failure: { message, detail: message, frames: [] },
  };
}

interface Origin {
  readonly path: string | undefined;
  readonly stderr: string;
}

/** undefined: a suite, or a parent that is red only because a child is. */
function testOf(
  event: NodeEvent,
  suites: readonly string[],
  origin: Origin,
  paths: PathMap,
): TestCase | undefined {
  const { name = '', ms = 0, line, error } = event;
  const failed = event.type === 'test:fail' && event.todo === undefined;
  if (error?.type === 'subtestsFailed' || (event.kind === 'suite' && !failed)) return undefined;
  const { path } = origin;
  const isFile = isFileEvent(event, paths);
  if (isFile && !failed) return undefined;
  const base = {
    id: [path ?? '', ...suites, isFile ? '' : name].join('::'),
    name: isFile ? `${path ?? name} could not be loaded` : name,
    suites,
    ms,
    ...(path === undefined ? {} : { path }),
    ...(line === undefined || isFile ? {} : { line: line - 1 }),
  };
  if (!failed)
    return { ...base, status: event.skip !== undefined || event.todo !== undefined ? 'skipped' : 'passed' };
  return {
    ...base,
    status: isFile ? 'errored' : 'failed',
    failure: failureOf(error, isFile ? origin.stderr : '', paths),
  };
}

/** A file as a whole is reported like a test that bears its path: absolute, or as Node 24 has it, as it was given. */
function isFileEvent({ name, file, nesting = 0 }: NodeEvent, paths: PathMap): boolean {
  if (nesting !== 0 || name === undefined || file === undefined) return false;
  return name === file || (paths(name) !== undefined && paths(name) === paths(file));
}

function failureOf(error: NodeError | undefined, stderr: string, paths: PathMap): TestFailure {
  const text = stderr || error?.stack || error?.message || 'failed';
  return {
    message: stderr ? loadError(stderr) : firstLine(error?.message ?? 'failed'),
    detail: cleanDetail(text),
    frames: readFrames(text, paths),
    ...(error?.expected === undefined ? {} : { expected: cleanDetail(error.expected) }),
    ...(error?.actual === undefined ? {} : { actual: cleanDetail(error.actual) }),
  };
}

/** `SyntaxError: …` and the like stands below the source line that Node prints first. */
function loadError(stderr: string): string {
  return /^(?:Uncaught )?\w*Error\b.*$/mu.exec(cleanDetail(stderr))?.[0] ?? firstLine(stderr);
}
