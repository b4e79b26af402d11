import { countTests, type FileCoverage, type TestLines, type TestRunOutcome } from '../../protocol/tests.ts';
import type { ProcessEnd, ProcessHandle } from '../ports/processes.ts';
import type { ReportFolder, WatchedReports } from '../ports/reports.ts';
import type { TerminalView } from '../ports/terminal.ts';
import { maxReportBytes, readReports, readSources, shownBy, watchTree } from './collectReport.ts';
import { cleanDetail } from './reports/reportText.ts';
import type { PathMap, RunnerCommand } from './runners/runner.ts';
import type { RunPlace, TestRun } from './testRun.ts';

export interface TestRunResult {
  readonly outcome: TestRunOutcome;
  readonly coverage?: readonly FileCoverage[];
  /** undefined: it was not wished, or the runner cannot tell. */
  readonly perTest?: readonly TestLines[];
}

const maxOutputBytes = 4 * 1024 * 1024;

/** Runs tests once, shown in the terminal, and reads what the runner reported. Never rejects for what tests do. */
export async function runTests(request: TestRun, signal: AbortSignal): Promise<TestRunResult> {
  const folder = await request.reports.open();
  try {
    const { runner, program, coverage, seed, failFast, place } = request;
    const [files, ids] = [request.files, request.ids].map((paths) =>
      paths.map((path) => fromBase(place.base, path)),
    ) as [string[], string[]];
    const command = runner.command({
      program,
      files,
      ids,
      coverage,
      reports: folder.location,
      ...(seed === undefined ? {} : { seed }),
      ...(failFast === undefined ? {} : { failFast }),
    });
    for (const { name, text } of command.support ?? []) await folder.write(name, text);
    const view = request.terminal.open({ run: request.run, title: request.title, command: command.display });
    for (const line of told(request, command)) view.write(`${line}\n`);
    const watched = await watchTree(request.reports, command, place);
    const end = await watch(start(request, command, folder), shownBy(command, view), signal);
    const result = await resultOf({ ...request, watched }, command, end, folder);
    view.close(summaryOf(result.outcome));
    return result;
  } finally {
    await folder.dispose();
  }
}

/** Why it is this runner, and what a seed does, above what it prints. */
function* told({ runner, choice, seed }: TestRun, { shuffled }: RunnerCommand): Generator<string> {
  if (choice !== undefined) yield `${runner.title}, because ${choice}.`;
  if (seed === undefined) return;
  yield shuffled === undefined
    ? `${runner.title} has no random order, so the seed ${seed} changes nothing.`
    : `In random order (seed ${seed}): ${shuffled}.`;
}

function start(
  { processes, place, timeoutMs }: TestRun,
  command: RunnerCommand,
  folder: ReportFolder,
): ProcessHandle {
  const { confinement } = place;
  return processes.start({
    argv: command.argv,
    cwd: place.cwd,
    env: { ...place.env, ...command.env },
    timeoutMs,
    maxOutputBytes,
    endsDaemons: true,
    ...(typeof command.report === 'object' && 'printed' in command.report
      ? { keeps: { stream: command.report.printed, maxBytes: maxReportBytes } }
      : {}),
    confinement:
      confinement.kind === 'none'
        ? confinement
        : { ...confinement, writable: [...confinement.writable, folder.location] },
  });
}

/** Shows the output as it comes; stops the process when the run or the person at the terminal says so. */
async function watch(
  handle: ProcessHandle,
  view: Pick<TerminalView, 'write' | 'stopped'>,
  signal: AbortSignal,
): Promise<ProcessEnd> {
  const stop = (): void => void handle.stop();
  for (const source of [signal, view.stopped]) {
    if (source.aborted) stop();
    else source.addEventListener('abort', stop, { once: true });
  }
  for await (const text of handle.output) view.write(text);
  const end = await handle.finished;
  for (const source of [signal, view.stopped]) source.removeEventListener('abort', stop);
  return end;
}

interface StartedRun extends TestRun {
  readonly watched: WatchedReports | undefined;
}

async function resultOf(
  request: StartedRun,
  command: RunnerCommand,
  end: ProcessEnd,
  folder: ReportFolder,
): Promise<TestRunResult> {
  switch (end.kind) {
    case 'couldNotStart':
      return { outcome: notStarted(end.why, end.message) };
    case 'stopped':
      return { outcome: { kind: 'cancelled' } };
    case 'timedOut': {
      const seconds = Math.round(request.timeoutMs / 1_000);
      return {
        outcome: {
          kind: 'timedOut',
          ms: end.ms,
          message: `The tests did not end within ${seconds} s and were stopped (codegenLab.tests.timeoutSeconds).`,
        },
      };
    }
    case 'killed':
      return {
        outcome: {
          kind: 'noReport',
          message: `The test run was killed by ${end.signal}, perhaps for taking too much memory.`,
          output: cleanDetail(end.output),
        },
      };
    case 'exited':
      return readResult(request, command, end, folder);
  }
}

function notStarted(why: 'missing' | 'refused' | 'fault', message: string): TestRunOutcome {
  if (why === 'missing') return { kind: 'runnerMissing', message };
  if (why === 'refused') return { kind: 'notConfined', message };
  return { kind: 'noReport', message, output: '' };
}

async function readResult(
  request: StartedRun,
  command: RunnerCommand,
  end: Extract<ProcessEnd, { readonly kind: 'exited' }>,
  folder: ReportFolder,
): Promise<TestRunResult> {
  const { runner, place, coverage, ids } = request;
  const paths = pathMap(place);
  const reports = await readReports(command, end, folder, request.watched);
  const sources = await readSources(request);
  const all = runner.read({
    report: reports[0],
    reports,
    exitCode: end.code,
    ms: end.ms,
    output: end.output,
    paths,
    base: place.base,
    sources,
  });
  const outcome = askedFor(all, ids);
  const lines =
    coverage !== 'none' && command.coverageReport !== undefined
      ? await textOf(folder, command.coverageReport)
      : undefined;
  if (lines === undefined) return { outcome };
  const measured = runner.readCoverage(lines, paths, sources, place.base);
  const perTest = coverage === 'perTest' ? runner.readPerTest?.(lines, paths) : undefined;
  return { outcome, coverage: measured, ...(perTest === undefined ? {} : { perTest }) };
}

/**
 * A runner that picks tests by name reports the others as skipped, or runs those too whose names go on where that of the asked
 * one ends: both are left out. Others stay: cases of a parametrised test, and what broke outside of tests.
 */
function askedFor(outcome: TestRunOutcome, ids: readonly string[]): TestRunOutcome {
  if (outcome.kind !== 'finished' || ids.length === 0) return outcome;
  const isAsked = (id: string): boolean => ids.some((asked) => id === asked || id.startsWith(`${asked}::`));
  const isAlike = (id: string): boolean => ids.some((asked) => id.startsWith(`${asked} `));
  const tests = outcome.tests.filter(
    ({ id, status }) => isAsked(id) || (status !== 'skipped' && !isAlike(id)),
  );
  if (tests.length > 0) return { ...outcome, tests };
  return { kind: 'noTests', message: 'None of these tests is there any more. Run the whole file.' };
}

async function textOf(folder: ReportFolder, name: string): Promise<string | undefined> {
  const read = await folder.read(name, maxReportBytes);
  return read.kind === 'text' ? read.text : undefined;
}

/** Dependencies are not the user's code: a frame or a coverage line in them is left out. */
function pathMap({ prefixes, base }: RunPlace): PathMap {
  return (reported) => {
    const plain = fromFileUrl(reported).replaceAll('\\', '/');
    const inside = prefixes
      .map((prefix) => prefix.replaceAll('\\', '/'))
      .find((prefix) => plain.startsWith(`${prefix}/`));
    if (inside === undefined && /^(?:\/|[A-Za-z]:|\.\.\/)/u.test(plain)) return undefined;
    const path =
      inside === undefined ? inBase(base, plain.replace(/^\.\//u, '')) : plain.slice(inside.length + 1);
    return /(?:^|\/)(?:node_modules|\.venv|venv|site-packages)\//u.test(path) ? undefined : path;
  };
}

/** Stacks of ES modules name files by URL: a space is `%20` there. */
function fromFileUrl(reported: string): string {
  if (!reported.startsWith('file://')) return reported;
  const path = reported.slice('file://'.length).replace(/^\/(?=[A-Za-z]:)/u, '');
  try {
    return decodeURIComponent(path);
  } catch {
    // Not encoded after all.
    return path;
  }
}

function fromBase(base: string, path: string): string {
  return base !== '' && path.startsWith(`${base}/`) ? path.slice(base.length + 1) : path;
}

function inBase(base: string, path: string): string {
  return base === '' ? path : `${base}/${path}`;
}

function summaryOf(outcome: TestRunOutcome): string {
  if (outcome.kind === 'cancelled') return 'Stopped.';
  if (outcome.kind !== 'finished') return outcome.message;
  const red = countTests(outcome.tests).failed;
  return red === 0
    ? `${outcome.tests.length} tests, none failed.`
    : `${red} of ${outcome.tests.length} tests failed.`;
}
