import type { Runner } from './runners/runner.ts';
import { runners } from './runners/runnerList.ts';

export type ChosenRunner =
  /** `folder`: of the package, relative to the workspace folder; empty for the workspace folder itself. */
  | { readonly kind: 'chosen'; readonly runner: Runner; readonly folder: string }
  | { readonly kind: 'none'; readonly message: string };

/** Files that mark the root of a package, by runner. */
const rootMarks: Readonly<Record<string, readonly string[]>> = {
  pytest: ['pyproject.toml', 'setup.py', 'setup.cfg', 'pytest.ini', 'tox.ini', 'requirements.txt'],
  'node-test': ['package.json'],
};

/** Runners that a package.json may name and that this version cannot call. */
const otherRunners = /\b(vitest|jest|mocha|ava|tap|jasmine)\b/u;

/**
 * The runner for a source or test file: by its language, at the nearest package root above it. `manifest` is the text of that
 * package's `package.json`, if it has one.
 */
export function chooseRunner(
  path: string,
  files: ReadonlySet<string>,
  manifest: (folder: string) => string | undefined,
): ChosenRunner {
  const runner = runners.find((candidate) => candidate.handles(path));
  if (!runner)
    return {
      kind: 'none',
      message: `No test runner is known for ${path}. Python (pytest) and JavaScript (node --test) are supported.`,
    };
  const folder = packageFolder(path, files, rootMarks[runner.id] ?? []);
  const other = runner.id === 'node-test' ? otherRunner(manifest(folder)) : undefined;
  if (other !== undefined) {
    return {
      kind: 'none',
      message: `This package tests with ${other}, which this version cannot run yet; node --test and pytest are supported.`,
    };
  }
  return { kind: 'chosen', runner, folder };
}

/** The nearest folder above that holds one of the marks; the workspace folder if none does. */
function packageFolder(path: string, files: ReadonlySet<string>, marks: readonly string[]): string {
  let folder = path;
  while (folder.includes('/')) {
    folder = folder.slice(0, folder.lastIndexOf('/'));
    if (marks.some((mark) => files.has(`${folder}/${mark}`))) return folder;
  }
  return '';
}

/** What `npm test` names, unless it calls `node --test`. */
function otherRunner(manifest: string | undefined): string | undefined {
  const script = /"test(?::unit)?"\s*:\s*"((?:[^"\\]|\\.)*)"/gu;
  const scripts = [...(manifest ?? '').matchAll(script)].map(([, text = '']) => text);
  if (scripts.some((text) => /\bnode\b.*--test\b/u.test(text))) return undefined;
  return scripts.map((text) => otherRunners.exec(text)?.[1]).find((name) => name !== undefined);
}
