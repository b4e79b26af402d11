import type { TestsNotRun } from '../../protocol/tests.ts';
import type { Settings } from '../settings.ts';
import type { Files } from '../ports/files.ts';
import { chooseRunner, type RunnerSearch } from '../testing/chooseRunner.ts';
import type { ImportGraph } from '../testing/imports/importGraph.ts';
import { foldersAbove, tellingFiles } from '../testing/packageFacts.ts';
import { runnerOfTestFile } from '../testing/runners/runnerList.ts';
import { selectTests } from '../testing/affected/selectTests.ts';
import type { Runner } from '../testing/runners/runner.ts';
import type { RunDeps } from './runScope.ts';

/** How the tests of one file are run. */
export interface TestPlan {
  readonly runner: Runner;
  /** Why it is this runner; completes "because". */
  readonly why: string;
  readonly program: readonly [string, ...string[]];
  /** Where the program comes from, such as `.venv`. */
  readonly interpreter: string;
  /** The package's folder, relative to the workspace folder. */
  readonly base: string;
  /** Test files that concern the source, nearest first; the file itself if it is one. */
  readonly concerned: readonly string[];
  /** How many more it can affect that are too far away to be run each time. */
  readonly farther: number;
  /** A test file of the package, for where tests lie and how they look; undefined if it has none. */
  readonly near: string | undefined;
  /** All files of the folder. */
  readonly files: ReadonlySet<string>;
}

export interface PlanParts {
  readonly deps: Pick<RunDeps, 'files' | 'interpreters' | 'imports'>;
  readonly root: string;
  readonly settings: Settings;
}

/** Why nothing can be run, and what to do next. */
export type NoPlan = Pick<TestsNotRun, 'why' | 'message'>;

/** Finds runner, interpreter and concerned tests of a source or test file; or says what is missing. */
export async function planTests(
  { deps, root, settings }: PlanParts,
  path: string,
  signal: AbortSignal,
): Promise<TestPlan | NoPlan> {
  const found = await findConcernedTests(
    { ...deps, root, wishes: settings.tests.runner ?? {} },
    path,
    signal,
  );
  if (found.kind === 'none') return { why: 'noRunner', message: found.message };
  const { runner, base } = found;
  const { language, npmPackage } = runner;
  const interpreter = await deps.interpreters.find(
    {
      language,
      root,
      folder: base === '' ? root : `${root}/${base}`,
      wish: language === 'python' ? settings.tests.pythonPath : '',
      ...(npmPackage === undefined ? {} : { npmPackage }),
    },
    signal,
  );
  if (interpreter.kind === 'missing')
    return {
      why: 'noProgram',
      message: `${interpreter.message} (${runner.title} was chosen because ${found.why}.)`,
    };
  const { why, concerned, farther, near, files } = found;
  const { program, label } = interpreter;
  return { runner, why, program, interpreter: label, base, concerned, farther, near, files };
}

export interface ConcernedParts extends Pick<RunDeps, 'files' | 'imports'> {
  readonly root: string;
  /** The setting `codegenLab.tests.runner`. */
  readonly wishes?: Readonly<Record<string, string>>;
}

/** Finds the runner and the concerned tests of a source or test file without looking for what would run them. */
export async function findConcernedTests(
  { files: source, imports, root, wishes = {} }: ConcernedParts,
  path: string,
  signal: AbortSignal,
): Promise<
  | ({ readonly kind: 'found' } & Omit<TestPlan, 'program' | 'interpreter'>)
  | { readonly kind: 'none'; readonly message: string }
> {
  const listed = await source.list(root, signal);
  const files = new Set(listed);
  const samples = sampleTests(path, files);
  const texts = await readTelling({ source, root, path, files }, [...samples, path], signal);
  const chosen = chooseRunner({ path, files, texts, samples, wishes });
  if (chosen.kind === 'none') return chosen;
  const { runner, why, folder: base } = chosen;
  const tests = listed.filter(
    (file) => isBelow(base, file) && runner.handles(file) && runner.isTestFile(file),
  );
  const affected = runner.isTestFile(path)
    ? [path]
    : [
        ...(runner.holdsTests?.(texts.get(path) ?? '') === true ? [path] : []),
        ...concernedTests(await imports.graph(root, listed, signal), tests, path),
      ];
  const nearest = affected.slice(0, maxConcerned);
  const farther = affected.length - nearest.length;
  const concerned: string[] = [];
  for (const test of nearest) {
    const isAsked = test === path || runner.language !== 'node';
    const read = isAsked ? undefined : await source.read(root, test, signal);
    const own = read?.kind === 'text' ? new Map([...texts, [test, read.text]]) : undefined;
    if (own === undefined || isRunBy(runner, { path: test, files, texts: own, samples: [test], wishes }))
      concerned.push(test);
  }
  return { kind: 'found', runner, why, base, concerned, farther, near: concerned[0] ?? tests[0], files };
}

/** A package may hold tests of two runners, and neither can load those of the other. */
function isRunBy(runner: Runner, search: RunnerSearch): boolean {
  const own = chooseRunner(search);
  return own.kind === 'none' || own.runner === runner;
}

/** What is run again and again while a file is edited; of a file on which everything stands, the nearest tests tell most. */
const maxConcerned = 100;

interface Search {
  readonly source: Files;
  readonly root: string;
  readonly path: string;
  readonly files: ReadonlySet<string>;
}

/** By name first, then by what the tests import, directly or through others; not those that merely may load it. */
function concernedTests(graph: ImportGraph, tests: readonly string[], path: string): readonly string[] {
  const { chosen } = selectTests({ changed: [path], tests, graph });
  return chosen.filter(({ kind }) => kind !== 'unknown').map((choice) => choice.path);
}

/** Test files whose imports tell the runner: the file itself, and some of the same kind, the nearest first. */
function sampleTests(path: string, files: ReadonlySet<string>): readonly string[] {
  const own = runnerOfTestFile(path) === undefined ? [] : [path];
  const ending = kindOf(path);
  const tests = [...files].filter(
    (file) => file !== path && kindOf(file) === ending && runnerOfTestFile(file) !== undefined,
  );
  const near = tests.sort((one, other) => shared(other, path) - shared(one, path));
  return [...own, ...near].slice(0, maxSamples);
}

const maxSamples = 3;

/** Scripts of all endings are one kind. */
function kindOf(path: string): string {
  const ending = /\.[^./]+$/u.exec(path)?.[0] ?? '';
  return /^\.[cm]?[jt]sx?$/u.test(ending) ? '.js' : ending;
}

/** Length of the beginning that two paths share. */
function shared(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return length;
}

/** Texts of manifests and configurations in the folders above the path, and of the samples. */
async function readTelling(
  { source, root, path, files }: Search,
  samples: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const telling = [...foldersAbove(parentOf(path))].flatMap((folder) =>
    tellingFiles.map((name) => (folder === '' ? name : `${folder}/${name}`)),
  );
  const texts = new Map<string, string>();
  for (const file of [...telling, ...samples]) {
    const read = files.has(file) ? await source.read(root, file, signal) : undefined;
    if (read?.kind === 'text') texts.set(file, read.text);
  }
  return texts;
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function isBelow(base: string, path: string): boolean {
  return base === '' || path.startsWith(`${base}/`);
}
