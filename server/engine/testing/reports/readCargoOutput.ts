import type { TestCase, TestFailure, TestRunOutcome, TraceFrame } from '../../../protocol/tests.ts';
import type { PathMap, ReportReading } from '../runners/runner.ts';
import { parseCargoOutput, type CargoTarget, type CompilerError, type LibtestResult } from './cargoOutput.ts';
import { agree, cleanDetail, firstLine } from './reportText.ts';
import { fileOfTest, lineOfTest } from './rustSources.ts';

/** Reads what `cargo test` printed, standard error among it: what libtest says in JSON is not stable yet. */
export function readCargoOutput(reading: ReportReading): TestRunOutcome {
  const { report = '', exitCode, output, paths } = reading;
  const { targets, errors } = parseCargoOutput(report);
  const places = errors.filter(({ path }) => path !== undefined);
  const isCut = targets.some(({ isWhole, cause }) => !isWhole && cause === '');
  if (targets.length === 0 && places.length === 0 && exitCode !== 0) {
    const why = errors[0]?.message ?? /^error: (.+)$/mu.exec(report)?.[1];
    const message = `cargo test ended with code ${exitCode}${why === undefined ? '. Look at its output.' : `: ${cleanDetail(why)}`}`;
    return { kind: 'noReport', message, output: cleanDetail(output) };
  }
  if (isCut || (targets.length === 0 && exitCode === 0)) {
    const message = `cargo test ended with code ${exitCode} before its report was complete. Look at its output.`;
    return { kind: 'noReport', message, output: cleanDetail(output) };
  }
  const tests = [
    ...targets.flatMap((target) => testsOf(target, reading)),
    ...(places.length > 0 ? [unbuilt(places, paths)] : []),
  ];
  if (tests.length === 0 && exitCode === 0)
    return { kind: 'noTests', message: 'cargo test found no test in these targets.' };
  return agree(tests, exitCode, reading);
}

function testsOf(target: CargoTarget, reading: ReportReading): readonly TestCase[] {
  const tests = target.results.map((result) => testOf(target, result, reading));
  const isShort = target.announced !== undefined && target.announced > tests.length;
  if (target.isWhole && !isShort) return tests;
  const path = target.root === undefined ? undefined : reading.paths(target.root);
  const message =
    target.cause === ''
      ? 'Some of its tests did not end.'
      : `It ended before all of its tests had: ${target.cause}`;
  const name = `${path ?? 'the documentation'} ended by itself`;
  return [
    ...tests,
    {
      id: `${path ?? ''}::`,
      name,
      suites: [],
      ms: 0,
      ...(path === undefined ? {} : { path }),
      status: 'errored',
      failure: { message: firstLine(message), detail: cleanDetail(message), frames: [] },
    },
  ];
}

function testOf(target: CargoTarget, { name, status }: LibtestResult, reading: ReportReading): TestCase {
  const place = target.root === undefined ? docPlace(name, reading) : codePlace(target.root, name, reading);
  const parts = target.root === undefined ? [name] : name.split('::');
  const base = {
    id: [place.path ?? '', ...parts].join('::'),
    name: parts.at(-1) ?? name,
    suites: parts.slice(0, -1),
    ms: 0,
    ...(place.path === undefined ? {} : { path: place.path }),
    ...(place.line === undefined ? {} : { line: place.line }),
  };
  if (status !== 'FAILED') return { ...base, status: status === 'ok' ? 'passed' : 'skipped' };
  return { ...base, status: 'failed', failure: failureOf(target.told.get(name) ?? '', reading.paths) };
}

interface Place {
  readonly path: string | undefined;
  readonly line: number | undefined;
}

function codePlace(root: string, name: string, { sources, paths, base = '' }: ReportReading): Place {
  const path = fileOfTest(
    root,
    name,
    (file) => sources?.has(base === '' ? file : `${base}/${file}`) === true,
  );
  const mapped = paths(path);
  return { path: mapped, line: lineOfTest(sources?.get(mapped ?? '') ?? '', name) };
}

/** `src/lib.rs - add (line 7)`. */
function docPlace(name: string, { paths }: ReportReading): Place {
  const [, file, line = '1'] = /^(.+?) - .*\(line (\d+)\)/u.exec(name) ?? [];
  return file === undefined
    ? { path: undefined, line: undefined }
    : { path: paths(file), line: Number(line) - 1 };
}

function failureOf(text: string, paths: PathMap): TestFailure {
  const said = text.trim();
  // Before Rust 1.73 the message stands in quotes before the place.
  const old = /panicked at '(.*)', \S+:\d+:\d+$/mu.exec(said)?.[1];
  const panic = /panicked at [^\n]+:\d+:\d+:\n(.*)$/mu.exec(said)?.[1];
  const note = /^note: (test did not panic[^\n]*?)(?: at \S+)?$/mu.exec(said)?.[1];
  const values =
    /^ *left: `?(?<actual>[^\n]{1,200}?)`?,?\n *right: `?(?<expected>[^\n]{1,200}?)`?(?:, .*)?$/mu.exec(
      said,
    )?.groups;
  return {
    message: firstLine(old ?? panic ?? note ?? said),
    detail: cleanDetail(said),
    frames: framesOf(said, paths),
    ...(values?.['actual'] === undefined || values['expected'] === undefined
      ? {}
      : { actual: cleanDetail(values['actual']), expected: cleanDetail(values['expected']) }),
  };
}

/** Where it panicked, then the trace; both name files from the crate's folder. */
function framesOf(text: string, paths: PathMap): readonly TraceFrame[] {
  const frames: TraceFrame[] = [];
  const form =
    /(?:panicked at (?:'.*', )?|^ {13}at |did not panic as expected at )((?:[A-Za-z]:)?[^\s:]{1,400}\.rs):(\d{1,7})/gmu;
  for (const [, file = '', at = '1'] of text.slice(0, 100_000).matchAll(form)) {
    const path = paths(file);
    const line = Math.max(0, Number(at) - 1);
    if (path === undefined || frames.some((known) => known.path === path && known.line === line)) continue;
    frames.push({ path, line });
    if (frames.length === 50) break;
  }
  return frames;
}

/** A crate that does not build runs nothing: one red entry with all that the compiler found. */
function unbuilt(errors: readonly CompilerError[], paths: PathMap): TestCase {
  const frames = errors.flatMap(({ path, line }) => {
    const mapped = path === undefined ? undefined : paths(path);
    return mapped === undefined ? [] : [{ path: mapped, line }];
  });
  const [first] = frames;
  const name = `${first?.path ?? 'the crate'} could not be built`;
  return {
    id: `${first?.path ?? ''}::`,
    name,
    suites: [],
    ms: 0,
    ...first,
    status: 'errored',
    failure: {
      message: firstLine(errors[0]?.message ?? ''),
      detail: cleanDetail(errors.map(({ text }) => text).join('\n')),
      frames: frames.filter(
        (frame, index) =>
          frames.findIndex((other) => other.path === frame.path && other.line === frame.line) === index,
      ),
    },
  };
}
