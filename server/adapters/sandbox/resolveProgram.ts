import { execFile } from 'node:child_process';
import {
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  readSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { isWithin } from './bubblewrapArgv.ts';
import { behindRustup } from './toolchain.ts';

/** Where a command's program is looked for. */
export interface ProgramSearch {
  readonly name: string;
  /** As the sandbox sees it. */
  readonly cwd: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly home: string;
  /** The workspace folder as the sandbox sees it: what a repository put there is not believed. */
  readonly workspace: string;
  /** Turns a path as the sandbox sees it into the one on this machine. */
  readonly onDisk: (path: string) => string;
  readonly signal: AbortSignal;
}

export type ProgramFound =
  | {
      readonly kind: 'found';
      /** As the sandbox is to call it. */
      readonly path: string;
      /** The file behind all links. */
      readonly real: string;
      /** Folders and files outside the system that it needs, to be shown read-only at their own paths. */
      readonly needs: readonly string[];
    }
  | { readonly kind: 'missing'; readonly message: string };

/**
 * Finds a program and what it needs to run: each hop of its links, a virtual environment's home, the interpreter
 * of a script. Version managers' shims are asked for the program that they stand for.
 */
export async function resolveProgram(search: ProgramSearch): Promise<ProgramFound> {
  const first = findProgram(search);
  if (first === undefined)
    return { kind: 'missing', message: `There is no program ${search.name} that a sandbox could run.` };
  const path = (await behindShim(first, search)) ?? first;
  const disk = search.onDisk(path);
  const interpreter = shebangOf(disk);
  const nested =
    interpreter === undefined ? undefined : await resolveProgram({ ...search, name: interpreter });
  if (nested?.kind === 'missing') return nested;
  const needs = [...needsOf(path, search), ...(nested?.needs ?? [])];
  return { kind: 'found', path, real: realpathSync(disk), needs: withoutNested(needs) };
}

/** Paths that every sandbox shows already. */
export const systemRoots: readonly string[] = [
  '/usr',
  '/bin',
  '/sbin',
  '/lib',
  '/lib32',
  '/lib64',
  '/nix/store',
];

function findProgram(search: ProgramSearch): string | undefined {
  if (search.name.includes('/')) {
    const path = resolve(search.cwd, search.name);
    return isProgram(search.onDisk(path)) ? path : undefined;
  }
  const folders = (search.environment['PATH'] ?? '').split(':').filter((folder) => folder.startsWith('/'));
  return [...folders, '/usr/local/bin', '/usr/bin', '/bin']
    .map((folder) => join(folder, search.name))
    .find((path) => isProgram(search.onDisk(path)));
}

function isProgram(path: string): boolean {
  try {
    const found = statSync(path);
    return found.isFile() && (found.mode & 0o111) !== 0;
  } catch {
    // Not there, or in a folder that is closed to us.
    return false;
  }
}

/** pyenv, asdf, mise and Volta put a stand-in on PATH that works only with files which a sandbox does not show. */
async function behindShim(path: string, search: ProgramSearch): Promise<string | undefined> {
  if (path.includes('/.cargo/bin/') && !isWithin(path, search.workspace)) {
    const { cwd, environment, home, onDisk } = search;
    return behindRustup(path, onDisk(cwd), environment, home);
  }
  // Asking is running without a sandbox, so a repository's own folder of that name is not asked.
  const isShim = (path.includes('/shims/') || path.includes('/.volta/')) && !isWithin(path, search.workspace);
  const question = questionFor(basename(path));
  if (!isShim || question === undefined) return undefined;
  try {
    const cwd = existsSync(search.cwd) ? search.cwd : '/';
    const options = { cwd, env: search.environment, timeout: 10_000, signal: search.signal };
    const answer = (await promisify(execFile)(path, question, options)).stdout.trim();
    return isProgram(answer) ? answer : undefined;
  } catch {
    // A shim that cannot answer cannot run either; it is tried as it is, and fails with its own words.
    return undefined;
  }
}

/** Asks an interpreter for its own path, without loading anything of the user's. */
function questionFor(name: string): readonly string[] | undefined {
  if (/^python[\d.]*$/u.test(name)) return ['-I', '-S', '-c', 'import sys; print(sys.executable)'];
  if (name === 'node') return ['-p', 'process.execPath'];
  return undefined;
}

function shebangOf(path: string): string | undefined {
  const line = firstLine(path);
  if (!line.startsWith('#!')) return undefined;
  const [program, argument] = line.slice(2).trim().split(/\s+/u);
  return program !== undefined && basename(program) === 'env' && argument !== undefined ? argument : program;
}

function firstLine(path: string): string {
  const bytes = Buffer.alloc(256);
  try {
    const file = openSync(path, 'r');
    const length = readSync(file, bytes, 0, bytes.length, 0);
    closeSync(file);
    return bytes.toString('utf8', 0, length).split('\n')[0] ?? '';
  } catch {
    // Executable but not readable: then it is no script.
    return '';
  }
}

function needsOf(path: string, search: ProgramSearch): readonly string[] {
  const hops = hopsOf(path, search.onDisk);
  const environments = hops
    .map((hop) => dirname(dirname(hop)))
    .filter((folder) => existsSync(search.onDisk(join(folder, 'pyvenv.cfg'))));
  const bases = environments.flatMap((folder) => baseOf(search.onDisk(join(folder, 'pyvenv.cfg'))));
  const site = environments.length === 0 && basename(path).startsWith('python') ? userSites(search.home) : [];
  return [
    ...hops.map((hop) => installFolder(hop, search)),
    ...bases.map((base) => installFolder(base, search)),
    ...site,
  ].filter((need) => !systemRoots.some((root) => isWithin(need, root)));
}

/** The path and every path that its links go through. */
function hopsOf(path: string, onDisk: (path: string) => string): readonly string[] {
  const hops = [path];
  for (let hop = path; hops.length < 20;) {
    const target = linkTarget(onDisk(hop));
    if (target === undefined) break;
    hop = resolve(dirname(hop), target);
    hops.push(hop);
  }
  return hops;
}

function linkTarget(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    // Not a link.
    return undefined;
  }
}

/** `home` of a virtual environment: the folder of the Python that it was made with. One without a Python is none. */
function baseOf(configuration: string): readonly string[] {
  const home = /^home\s*=\s*(?<folder>.+)$/mu
    .exec(readFileSync(configuration, 'utf8'))
    ?.groups?.['folder']?.trim();
  return home !== undefined && holdsPython(home) ? [join(home, 'python')] : [];
}

function holdsPython(folder: string): boolean {
  try {
    return readdirSync(folder).some((name) => /^python[\d.]*$/u.test(name) && isProgram(join(folder, name)));
  } catch {
    // Not there, or closed to us.
    return false;
  }
}

/**
 * The folder in which a program is installed with its libraries. A folder that holds more than one program's
 * installation, or the workspace, is never shown: then it is the file alone.
 */
function installFolder(program: string, { home, workspace }: ProgramSearch): string {
  const folder = dirname(program);
  const parent = dirname(folder);
  const shared = new Set(['/', '/opt', '/usr', '/usr/local', '/home', '/root', home, join(home, '.local')]);
  return basename(folder) === 'bin' && !shared.has(parent) && !isWithin(workspace, parent) ? parent : program;
}

/** What `pip install --user` made. */
function userSites(home: string): readonly string[] {
  const folder = join(home, '.local', 'lib');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.startsWith('python'))
    .map((name) => join(folder, name));
}

function withoutNested(paths: readonly string[]): readonly string[] {
  const unique = [...new Set(paths)];
  return unique.filter((path) => !unique.some((other) => other !== path && isWithin(path, other)));
}
