import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DemoEdit, type DemoPackage, readDemoEdit } from './demoPackages.ts';
import { applyEdits } from './applyEdits.ts';
import type { DemoContext } from './demoContext.ts';
import { createEnvironment } from './pythonTools.ts';

/** A copy of a package in a repository of its own, with everything committed. */
export interface DemoWorkspace {
  /** Absolute; its last part is the package's name. */
  readonly folder: string;
  readonly demo: DemoPackage;
  readonly edit: DemoEdit;
  /** The source as it was published, and as the person's change leaves it. */
  readonly published: string;
  readonly changed: string;
}

/** Copies a package to `PARENT/NAME`, ready to be tested, and commits it, so that the product sees what changed since. */
export function createWorkspace(
  { root, python }: Pick<DemoContext, 'root' | 'python'>,
  demo: DemoPackage,
  parent: string,
): DemoWorkspace {
  const folder = join(parent, demo.name);
  mkdirSync(parent, { recursive: true });
  cpSync(join(root, 'test-fixtures', 'packages', demo.source), folder, { recursive: true });
  // What a Python project leaves out of its repository.
  writeFileSync(join(folder, '.gitignore'), '.venv/\n__pycache__/\n.pytest_cache/\n');
  if (demo.language === 'python' && python) createEnvironment(python, folder);
  commitAll(folder, `${demo.source} as it was published`);
  const edit = readDemoEdit(root, demo);
  const published = readFileSync(join(folder, edit.file), 'utf8');
  return { folder, demo, edit, published, changed: applyEdits(published, edit.edits) };
}

/** Makes the person's change without an editor. */
export function applyChange({ folder, edit, changed }: DemoWorkspace): void {
  writeFileSync(join(folder, edit.file), changed);
}

/** Files that are there now and were not committed, relative to the folder. */
export function landedFiles(folder: string): readonly string[] {
  const output = execFileSync('git', ['ls-files', '-z', '--others', '--exclude-standard'], {
    cwd: folder,
    encoding: 'utf8',
  });
  return output.split('\0').filter(Boolean);
}

/** Nothing of the machine's own configuration of git counts: no hooks, no signatures, no other author. */
export function commitAll(folder: string, message: string): void {
  const date = '2026-01-01T00:00:00Z';
  const person = [
    'user.name=Demo',
    'user.email=demo@example.com',
    'commit.gpgsign=false',
    'core.autocrlf=false',
  ];
  const options = person.flatMap((option) => ['-c', option]);
  const env = {
    ...process.env,
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_DATE: date,
    GIT_COMMITTER_DATE: date,
  };
  const git = (...args: readonly string[]) =>
    execFileSync('git', [...options, ...args], { cwd: folder, env, stdio: ['ignore', 'ignore', 'inherit'] });
  git('init', '--quiet', '--initial-branch=main');
  git('add', '--all');
  git('commit', '--quiet', `--message=${message}`);
}
