import type { Settings } from '../settings.ts';
import type { Files } from '../ports/files.ts';
import { chooseRunner } from '../testing/chooseRunner.ts';
import { importedFiles } from '../testing/importedFiles.ts';
import type { Runner } from '../testing/runners/runner.ts';
import type { RunDeps } from './runScope.ts';

/** How the tests of one file are run. */
export interface TestPlan {
  readonly runner: Runner;
  readonly program: readonly [string, ...string[]];
  /** The package's folder, relative to the workspace folder. */
  readonly base: string;
  /** Test files that concern the source, nearest first; the file itself if it is one. */
  readonly concerned: readonly string[];
  /** A test file of the package, for where tests lie and how they look; undefined if it has none. */
  readonly near: string | undefined;
  /** All files of the folder. */
  readonly files: ReadonlySet<string>;
}

export interface PlanParts {
  readonly deps: Pick<RunDeps, 'files' | 'interpreters'>;
  readonly root: string;
  readonly settings: Settings;
}

/** More test files than this are matched by name only: reading them all would cost more than it tells. */
const maxRead = 200;

/** Finds runner, interpreter and concerned tests of a source or test file; or says what is missing. */
export async function planTests(
  { deps, root, settings }: PlanParts,
  path: string,
  signal: AbortSignal,
): Promise<TestPlan | { readonly message: string }> {
  const found = await findConcernedTests(deps.files, root, path, signal);
  if (found.kind === 'none') return found;
  const { runner, base } = found;
  const language = runner.id === 'pytest' ? 'python' : 'node';
  const wish = language === 'python' ? settings.tests.pythonPath : '';
  const interpreter = await deps.interpreters.find(
    { language, folder: base === '' ? root : `${root}/${base}`, wish },
    signal,
  );
  if (interpreter.kind === 'missing') return interpreter;
  const { concerned, near, files } = found;
  return { runner, program: interpreter.program, base, concerned, near, files };
}

/** Finds the runner and the concerned tests of a source or test file without looking for what would run them. */
export async function findConcernedTests(
  source: Files,
  root: string,
  path: string,
  signal: AbortSignal,
): Promise<
  | ({ readonly kind: 'found' } & Omit<TestPlan, 'program'>)
  | { readonly kind: 'none'; readonly message: string }
> {
  const files = new Set(await source.list(root, signal));
  const manifests = await readManifests({ source, root, path, files }, signal);
  const chosen = chooseRunner(path, files, (folder) => manifests.get(folder));
  if (chosen.kind === 'none') return chosen;
  const { runner, folder: base } = chosen;
  const tests = [...files].filter(
    (file) => isBelow(base, file) && runner.handles(file) && runner.isTestFile(file),
  );
  const concerned = runner.isTestFile(path)
    ? [path]
    : await concernedTests({ source, root, path, tests, files }, signal);
  return { kind: 'found', runner, base, concerned, near: concerned[0] ?? tests[0], files };
}

interface Search {
  readonly source: Files;
  readonly root: string;
  readonly path: string;
  readonly tests: readonly string[];
  readonly files: ReadonlySet<string>;
}

/** By name first, then by what the tests import. */
async function concernedTests(
  { source, root, path, tests, files }: Search,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const stem = stemOf(path);
  const named = tests.filter((test) => testedStem(test) === stem);
  const importing: string[] = [];
  for (const test of tests.length > maxRead ? [] : tests) {
    if (named.includes(test)) continue;
    const read = await source.read(root, test, signal);
    if (read.kind === 'text' && importedFiles(test, read.text, files).includes(path)) importing.push(test);
  }
  return [...named, ...importing];
}

async function readManifests(
  { source, root, path, files }: Omit<Search, 'tests'>,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const manifests = new Map<string, string>();
  for (let folder = parentOf(path); ; folder = parentOf(folder)) {
    const manifest = folder === '' ? 'package.json' : `${folder}/package.json`;
    const read = files.has(manifest) ? await source.read(root, manifest, signal) : undefined;
    if (read?.kind === 'text') manifests.set(folder, read.text);
    if (folder === '') return manifests;
  }
}

/** `a/parser.js` is `parser`; a Python package is named after its folder. */
function stemOf(path: string): string {
  const parts = path.split('/');
  const stem = (parts.at(-1) ?? '').replace(/\.[^.]+$/u, '');
  return stem === '__init__' ? (parts.at(-2) ?? stem) : stem;
}

/** What a test file is named after: `test_parser.py`, `parser_test.py`, `parser.test.js`, `parser.generated.test.js`. */
function testedStem(test: string): string {
  const name = (test.split('/').at(-1) ?? '').replace(/\.[^.]+$/u, '');
  return name.replace(/^test[_-]|[._-](?:test|spec)$/gu, '').replace(/[._-]generated$/u, '');
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function isBelow(base: string, path: string): boolean {
  return base === '' || path.startsWith(`${base}/`);
}
