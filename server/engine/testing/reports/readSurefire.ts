import type { TestCase, TestFailure, TestRunOutcome, TraceFrame } from '../../../protocol/tests.ts';
import type { ReportReading } from '../runners/runner.ts';
import { readJunit } from './readJunit.ts';
import { agree, cleanDetail, firstLine, withUniqueIds } from './reportText.ts';

/** Reads the folder of JUnit files that Maven's Surefire leaves: one per class, named by class and not by file. */
export function readSurefire(reading: ReportReading): TestRunOutcome {
  const { reports = [], exitCode, output, paths } = reading;
  const read = reports.map((report) => readJunit(report, paths));
  const files = sourceFiles(reading);
  const unbuilt = reports.length === 0 ? compilerFaults(reading) : undefined;
  if (read.includes(undefined) || (reports.length === 0 && exitCode !== 0 && unbuilt === undefined)) {
    const why = /^\[ERROR\] (?!\/)(.+)$/mu.exec(output.replace(/\u001B\[[\d;]*m/gu, ''))?.[1];
    const message = `mvn test ended with code ${exitCode} and left no whole report${why === undefined ? '. Look at its output.' : `: ${cleanDetail(why)}`}`;
    return { kind: 'noReport', message, output: cleanDetail(output) };
  }
  const tests = withUniqueIds([
    ...read.flatMap((each) => each ?? []).map((test) => placed(test, files)),
    ...(unbuilt === undefined ? [] : [unbuilt]),
  ]);
  if (tests.length === 0 && exitCode === 0)
    return { kind: 'noTests', message: 'mvn test found no test in these classes.' };
  return agree(tests, exitCode, reading);
}

/** Paths and texts by what stands behind the source folder: `calc/RedTest.java`. */
type SourceFiles = ReadonlyMap<string, { readonly path: string; readonly text: string }>;

function sourceFiles({ sources }: ReportReading): SourceFiles {
  const files = new Map<string, { path: string; text: string }>();
  for (const [path, text] of sources ?? []) {
    const name = /(?:^|\/)src\/\w+\/\w+\/(.+)$/u.exec(path)?.[1];
    if (name !== undefined) files.set(name, { path, text });
  }
  return files;
}

/** `calc.RedTest$Inner` is the class `Inner` in `RedTest` of `calc/RedTest.java`. */
function placed(test: TestCase, files: SourceFiles): TestCase {
  const { line: _none, path: _nowhere, ...rest } = test;
  const full = test.suites.at(-1) ?? '';
  const [outer = '', ...inner] = full.split('$');
  const file = files.get(`${outer.replaceAll('.', '/')}.java`);
  const suites = [outer.slice(outer.lastIndexOf('.') + 1), ...inner].filter((suite) => suite !== '');
  const method = /^\w+/u.exec(test.name)?.[0] ?? '';
  const line =
    file?.text.split('\n').findIndex((text) => new RegExp(`\\b${method}\\s*\\(`, 'u').test(text)) ?? -1;
  return {
    ...rest,
    id: [file?.path ?? outer, ...suites, test.name].join('::'),
    suites,
    ...(file === undefined ? {} : { path: file.path }),
    ...(line < 0 || method === '' ? {} : { line }),
    ...(test.failure === undefined ? {} : { failure: failureOf(test.failure, files) }),
  };
}

function failureOf(failure: TestFailure, files: SourceFiles): TestFailure {
  const values = /expected: ?<(?<expected>[^\n]{0,200}?)> but was: ?<(?<actual>[^\n]{0,200}?)>/u.exec(
    failure.message,
  )?.groups;
  return {
    ...failure,
    frames: framesOf(failure.detail, files),
    ...(values?.['actual'] === undefined || values['expected'] === undefined
      ? {}
      : { actual: values['actual'], expected: values['expected'] }),
  };
}

/** Traces name a class and the bare name of its file. */
function framesOf(trace: string, files: SourceFiles): readonly TraceFrame[] {
  const frames: TraceFrame[] = [];
  const form = /^\s*at (?:[\w.@]+\/)?([\w.$]{1,300})\.[\w$<>]{1,200}\((\w{1,200}\.java):(\d{1,7})\)$/gmu;
  for (const [, owner = '', name = '', at = '1'] of trace.matchAll(form)) {
    const folder = owner.split('.').slice(0, -1).join('/');
    const path = files.get(folder === '' ? name : `${folder}/${name}`)?.path;
    const line = Math.max(0, Number(at) - 1);
    if (path === undefined || frames.some((known) => known.path === path && known.line === line)) continue;
    frames.push({ path, line });
  }
  return frames;
}

/** Without a report nothing ran, so that these words are the compiler's. undefined: it found nothing. */
function compilerFaults({ output, paths }: ReportReading): TestCase | undefined {
  const form = /^\[ERROR\] ((?:[A-Za-z]:)?[^\n:]{1,400}\.java):\[(\d{1,7}),\d+\] (.+)$/gmu;
  const found = [...output.replace(/\u001B\[[\d;]*m/gu, '').matchAll(form)].flatMap(
    ([text, file = '', at = '1', message = '']) => {
      const path = paths(file);
      return path === undefined ? [] : [{ text, path, line: Math.max(0, Number(at) - 1), message }];
    },
  );
  const [first] = found;
  if (first === undefined) return undefined;
  const unique = found.filter(
    (one, index) => found.findIndex((other) => other.path === one.path && other.line === one.line) === index,
  );
  return {
    id: `${first.path}::`,
    name: `${first.path} could not be built`,
    suites: [],
    ms: 0,
    path: first.path,
    line: first.line,
    status: 'errored',
    failure: {
      message: firstLine(first.message),
      detail: cleanDetail(unique.map(({ text }) => text).join('\n')),
      frames: unique.map(({ path, line }) => ({ path, line })),
    },
  };
}
