import type { TestCase, TestFailure, TestRunOutcome, TraceFrame } from '../../../protocol/tests.ts';
import type { PathMap, ReportReading } from '../runners/runner.ts';
import { goDeclarations, goModule } from './goSources.ts';
import { parseGoOutput, type GoEvent } from './goEvent.ts';
import { agree, cleanDetail, firstLine } from './reportText.ts';

/** Reads what `go test -json` printed, standard error among it: before Go 1.24 the compiler speaks there. */
export function readGoEvents(reading: ReportReading): TestRunOutcome {
  const { report, exitCode, output } = reading;
  const { events, said, isBroken } = parseGoOutput(report ?? '');
  const packages = collectPackages(events, said);
  const isWhole = !isBroken && packages.every(({ end }) => end !== undefined);
  if (report === undefined || !isWhole || packages.length === 0) {
    const why = /^(?:go: .*|.*\.go:\d+:\d+: .*|# .*)$/mu.exec(said)?.[0];
    const message = `go test ended with code ${exitCode} before its report was complete${why === undefined ? '. Look at its output.' : `: ${cleanDetail(why)}`}`;
    return { kind: 'noReport', message, output: cleanDetail(output) };
  }
  const module = goModule(reading.sources, reading.base);
  const tests = packages.flatMap((one) => testsOf(one, { reading, module, said, events }));
  if (tests.length === 0 && exitCode === 0)
    return { kind: 'noTests', message: 'go test found no test in these packages.' };
  return agree(tests, exitCode, reading);
}

interface GoPackage {
  readonly name: string;
  readonly runs: ReadonlyMap<string, GoRun>;
  /** What was printed outside of tests. */
  readonly output: string;
  readonly end: GoEvent | undefined;
}

interface GoRun {
  readonly output: string;
  /** `pass`, `fail` or `skip`; undefined: it did not end. */
  readonly end: GoEvent | undefined;
}

function collectPackages(events: readonly GoEvent[], said: string): readonly GoPackage[] {
  const packages = new Map<string, { runs: Map<string, GoRun>; output: string; end: GoEvent | undefined }>();
  for (const event of events) {
    const { Action: action, Package: name, Test: test, Output: text = '' } = event;
    if (name === undefined) continue;
    const one = packages.get(name) ?? { runs: new Map<string, GoRun>(), output: '', end: undefined };
    packages.set(name, one);
    const isEnd = action === 'pass' || action === 'fail' || action === 'skip';
    if (test === undefined) {
      one.output += text;
      if (isEnd) one.end = event;
      continue;
    }
    const run = one.runs.get(test) ?? { output: '', end: undefined };
    one.runs.set(test, { output: run.output + text, end: isEnd ? event : run.end });
  }
  // Before Go 1.24 a package that could not even be set up has no event.
  for (const [, name = ''] of said.matchAll(/^FAIL\t(\S+) \[setup failed\]$/gmu)) {
    const end = { Action: 'fail', Package: name };
    if (!packages.has(name)) packages.set(name, { runs: new Map(), output: '', end });
  }
  return [...packages].map(([name, one]) => ({ name, ...one }));
}

interface GoContext {
  readonly reading: ReportReading;
  readonly module: string | undefined;
  readonly said: string;
  readonly events: readonly GoEvent[];
}

function testsOf(one: GoPackage, context: GoContext): readonly TestCase[] {
  const place = placeOf(one.name, context);
  const tests = [...one.runs].flatMap(([name, run]) => {
    if (isOnlyParent(name, run, one.runs)) return [];
    return [testOf(name, run, { one, place, paths: context.reading.paths })];
  });
  const isRed = tests.some(({ failure }) => failure !== undefined);
  return one.end?.Action === 'fail' && !isRed ? [...tests, wholeFailure(one, place, context)] : tests;
}

/** A test with subtests says nothing of its own, unless it failed by itself. */
function isOnlyParent(name: string, { output, end }: GoRun, runs: ReadonlyMap<string, GoRun>): boolean {
  const children = [...runs].filter(([other]) => other.startsWith(`${name}/`));
  if (children.length === 0) return false;
  if (end?.Action !== 'fail') return end !== undefined;
  const hasRedChild = children.some(
    ([, child]) => child.end?.Action !== 'pass' && child.end?.Action !== 'skip',
  );
  return hasRedChild && !/^\s+[^\s:]+\.go:\d+: |^panic: /mu.test(output);
}

interface GoPlace {
  /** Of the package, relative to the workspace folder. */
  readonly folder: string;
  /** File and line by the name of a test function. */
  readonly declared: ReadonlyMap<string, { readonly path: string; readonly line: number }>;
  /** A test file of the package; undefined: none is known. */
  readonly file: string | undefined;
}

function placeOf(name: string, { reading, module }: GoContext): GoPlace {
  const own = module !== undefined && name.startsWith(`${module}/`) ? name.slice(module.length + 1) : '';
  const folder = [reading.base ?? '', own].filter((part) => part !== '').join('/');
  const declared = new Map<string, { path: string; line: number }>();
  let file: string | undefined;
  for (const [path, text] of reading.sources ?? []) {
    if (folderOf(path) !== folder || !path.endsWith('_test.go')) continue;
    file ??= path;
    for (const [test, line] of goDeclarations(text)) declared.set(test, { path, line });
  }
  return { folder, declared, file };
}

interface TestParts {
  readonly one: GoPackage;
  readonly place: GoPlace;
  readonly paths: PathMap;
}

function testOf(full: string, { end }: GoRun, { one, place, paths }: TestParts): TestCase {
  const parts = partsOf(full, one.runs);
  const name = parts.at(-1) ?? full;
  // Suites of testify run methods as subtests of a function.
  const declared = place.declared.get(`.${parts[1] ?? ''}`) ?? place.declared.get(parts[0] ?? '');
  const path = declared?.path ?? place.file;
  const base = {
    id: [path ?? place.folder, ...parts].join('::'),
    name,
    suites: parts.slice(0, -1),
    ms: (end?.Elapsed ?? 0) * 1_000,
    ...(path === undefined ? {} : { path }),
    ...(declared === undefined ? {} : { line: declared.line }),
  };
  if (end?.Action === 'pass') return { ...base, status: 'passed' };
  if (end?.Action === 'skip') return { ...base, status: 'skipped' };
  const said = toldOf(full, one.runs) + (end === undefined ? `\n${one.output}` : '');
  const failure = failureOf(said, place.folder, paths);
  if (end !== undefined) return { ...base, status: /^panic: /mu.test(said) ? 'errored' : 'failed', failure };
  const message = 'It did not end: the test binary ended before, for instance by os.Exit or a panic.';
  return { ...base, status: 'errored', failure: { ...failure, message } };
}

/** What a test printed; a panic in a subtest is told with the test above it. */
function toldOf(full: string, runs: ReadonlyMap<string, GoRun>): string {
  const own = runs.get(full)?.output ?? '';
  const above = runs.get(full.slice(0, Math.max(0, full.lastIndexOf('/'))))?.output ?? '';
  return withoutMarks(own) === '' && /^panic: /mu.test(above) ? above : own;
}

function withoutMarks(output: string): string {
  const isMark = (line: string): boolean => /^\s*(?:=== |--- (?:FAIL|PASS|SKIP): )/u.test(line);
  return output
    .split('\n')
    .filter((line) => !isMark(line))
    .join('\n')
    .trim();
}

/** Names may hold slashes: only what ran itself is a level of its own. */
function partsOf(full: string, runs: ReadonlyMap<string, GoRun>): readonly string[] {
  const parts: string[] = [];
  let from = 0;
  for (let at = full.indexOf('/'); at >= 0; at = full.indexOf('/', at + 1)) {
    if (!runs.has(full.slice(0, at))) continue;
    parts.push(full.slice(from, at));
    from = at + 1;
  }
  return [...parts, full.slice(from)];
}

/** A package that failed without a failed test: it could not be built, or its binary ended by itself. */
function wholeFailure(one: GoPackage, { folder, file }: GoPlace, context: GoContext): TestCase {
  const { reading } = context;
  const built = buildOutput(one, context);
  const text = built === '' ? one.output : built;
  const frames = framesOf(text, '', reading.paths);
  const found = frames[0];
  const path = file ?? found?.path;
  const title = `${folder === '' ? 'the package' : folder} could not be ${built === '' ? 'run' : 'built'}`;
  return {
    id: `${path ?? folder}::`,
    name: title,
    suites: [],
    ms: 0,
    ...(path === undefined ? {} : { path }),
    ...(found !== undefined && found.path === path ? { line: found.line } : {}),
    status: 'errored',
    failure: {
      message:
        /^\S+\.go:\d+:(?:\d+:)? (.+)$/mu.exec(text)?.[1] ??
        firstLine(text.replace(/^(?:#|FAIL\t).*$/gmu, '')),
      detail: cleanDetail(text),
      frames,
    },
  };
}

/** What the compiler or vet said of a package. */
function buildOutput({ name, end }: GoPackage, { events, said }: GoContext): string {
  const own = events.filter(
    ({ Action, ImportPath }) => Action === 'build-output' && ImportPath === end?.FailedBuild,
  );
  if (own.length > 0) return own.map(({ Output = '' }) => Output).join('');
  const sections = said.split(/^(?=# )/mu);
  return sections.filter((section) => /^# (\S+)/u.exec(section)?.[1] === name).join('');
}

function failureOf(output: string, folder: string, paths: PathMap): TestFailure {
  const text = withoutMarks(output);
  const [, , logged] = /^\s*([^\s:]+\.go):\d+: (.*(?:\n {8}.*)*)/mu.exec(text) ?? [];
  const panic = /^panic: (.*)$/mu.exec(text)?.[0];
  return {
    message: firstLine(panic ?? logged ?? text),
    detail: cleanDetail(text),
    frames: framesOf(text, folder, paths),
    ...comparison(text),
  };
}

/** Places of `t.Error` name the file alone, so that it is one of the package's folder; those of traces are absolute. */
function framesOf(text: string, folder: string, paths: PathMap): readonly TraceFrame[] {
  const frames: TraceFrame[] = [];
  const form =
    /^[\t ]*(?:Error Trace:[\t ]*)?((?:[A-Za-z]:)?[^\s:]{1,400}\.go):(\d{1,7})(?::\d+)?(?::| \+0x|$)/gmu;
  for (const [, file = '', at = '1'] of text.slice(0, 100_000).matchAll(form)) {
    const isBare = !/[/\\]/u.test(file) && folder !== '';
    const path = isBare ? `${folder}/${file}` : paths(file);
    const line = Math.max(0, Number(at) - 1);
    if (path === undefined || frames.some((known) => known.path === path && known.line === line)) continue;
    frames.push({ path, line });
    if (frames.length === 50) break;
  }
  return frames;
}

/** The ways of saying it that Go and its best known libraries have. */
function comparison(text: string): Pick<TestFailure, 'expected' | 'actual'> {
  const plain =
    /(?:\bgot|=)[ :]+(?<actual>[^\n]{1,200}?)[,;] (?:want|expected)(?:ed)?[ :]+(?<expected>[^\n]{1,200})$/mu;
  const testify = /^\s*expected\s*: (?<expected>[^\n]{1,200})\n\s*actual\s*: (?<actual>[^\n]{1,200})$/mu;
  const example = /^got:\n(?<actual>[\s\S]{1,400}?)\nwant:\n(?<expected>[\s\S]{1,400})$/u;
  const found = (example.exec(text) ?? testify.exec(text) ?? plain.exec(text))?.groups;
  if (found?.['actual'] === undefined || found['expected'] === undefined) return {};
  return { expected: cleanDetail(found['expected']), actual: cleanDetail(found['actual']) };
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
