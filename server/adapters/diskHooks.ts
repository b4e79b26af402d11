import { chmodSync, existsSync, lstatSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { FoundHook, GitHooks, HookFile } from '../engine/ports/gitHooks.ts';
import { writeFileAtomic } from './atomicWrite.ts';
import { callGit, type GitCall } from './runGit.ts';
import { resolveTrustedTool } from './trustedTool.ts';

/** The hooks of repositories on the disk. */
export const diskHooks: GitHooks = {
  async find(root, signal) {
    const git = resolveTrustedTool('git');
    if (git === undefined) return { kind: 'failed', message: 'There is no git on this machine.' };
    const repository = await findRepository({ git, root, signal });
    if (repository === undefined) return { kind: 'failed', message: `Git knows no repository in ${root}.` };
    try {
      return findManaged(repository.top) ?? findFile(root, repository);
    } catch (error) {
      return { kind: 'failed', message: `The hook cannot be read: ${(error as Error).message}` };
    }
  },
  async write({ path, within }, text) {
    try {
      if (text === undefined) rmSync(path, { force: true });
      else {
        await writeFileAtomic(path, text, { within });
        // Git passes over a hook that cannot be run.
        chmodSync(path, 0o755);
      }
      return undefined;
    } catch (error) {
      return `${path} cannot be written: ${(error as Error).message}`;
    }
  },
};

interface Repository {
  /** Absolute and real, as all of these. */
  readonly top: string;
  /** Shared by all work trees. */
  readonly folder: string;
  /** `core.hooksPath` as it is set; undefined: it is not. */
  readonly hooksPath: string | undefined;
}

async function findRepository(call: GitCall): Promise<Repository | undefined> {
  const top = await printLine(call, ['rev-parse', '--show-toplevel']);
  const folder = await printLine(call, ['rev-parse', '--git-common-dir']);
  if (top === undefined || folder === undefined) return undefined;
  const set = await callGit(call, ['config', '--get-all', '-z', 'core.hooksPath']);
  // The last is what we ourselves run git with.
  const own = (set?.toString('utf8') ?? '').split('\0').slice(0, -2).at(-1);
  const hooksPath = own === undefined || own === '' ? undefined : own;
  return { top: realpathSync(top), folder: realpathSync(resolve(call.root, folder)), hooksPath };
}

async function printLine(call: GitCall, args: readonly string[]): Promise<string | undefined> {
  return (await callGit(call, args))?.toString('utf8').replace(/\r?\n$/, '');
}

const managers = [
  {
    by: 'lefthook',
    names: ['yml', 'yaml', 'toml', 'json'].flatMap((end) => [`lefthook.${end}`, `.lefthook.${end}`]),
  },
  { by: 'pre-commit', names: ['.pre-commit-config.yaml'] },
] as const;

function findManaged(top: string): FoundHook | undefined {
  for (const { by, names } of managers) {
    const name = names.find((each) => existsSync(join(top, each)));
    if (name !== undefined)
      return { kind: 'managed', by, path: join(top, name), text: readFileSync(join(top, name), 'utf8') };
  }
  return undefined;
}

function findFile(root: string, { top, folder, hooksPath }: Repository): FoundHook {
  const from = { folder: relative(top, realpathSync(root)).split(sep).join('/') };
  const isHusky =
    hooksPath === undefined ? existsSync(join(top, '.husky')) : /^\.husky(?:\/_)?\/?$/.test(hooksPath);
  if (isHusky) return toFound({ by: 'husky', path: join(top, '.husky', 'pre-commit'), within: top, ...from });
  const hooks = hooksPath === undefined ? join(folder, 'hooks') : resolve(top, hooksPath);
  if (hooksPath?.startsWith('~') === true || !(isInside(top, hooks) || isInside(folder, hooks)))
    return {
      kind: 'failed',
      message: `Git is set to run hooks of ${hooksPath ?? hooks}, which may serve other repositories too. Add “codegen-lab check --staged” to the pre-commit hook there, or unset core.hooksPath.`,
    };
  const within = isInside(folder, hooks) ? folder : top;
  return toFound({ by: 'git', path: join(hooks, 'pre-commit'), within, ...from });
}

function isInside(folder: string, path: string): boolean {
  const rest = relative(folder, path);
  return rest !== '..' && !rest.startsWith(`..${sep}`) && !isAbsolute(rest);
}

function toFound(place: Omit<HookFile, 'text'>): FoundHook {
  const stats = lstatSync(place.path, { throwIfNoEntry: false });
  if (stats !== undefined && !stats.isFile())
    return { kind: 'failed', message: `${place.path} is a link or no plain file; it is left as it is.` };
  const text = stats === undefined ? undefined : readFileSync(place.path, 'utf8');
  return { kind: 'file', place: { ...place, text } };
}
