import { existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { confinedEnvironment } from '../processes/processEnvironment.ts';
import {
  refused,
  type ConfinedCommand,
  type ConfinerFound,
  type ConfinerOptions,
  type Prepared,
} from './confiner.ts';
import { linkCache } from './linkedCache.ts';
import { findProtectedInTree } from './protectedInTree.ts';
import { resolveProgram } from './resolveProgram.ts';
import { findToolchain } from './toolchain.ts';
import { renderSeatbeltProfile } from './seatbeltProfile.ts';

const program = '/usr/bin/sandbox-exec';
const remedy = 'Run the editor as a normal user of a macOS that has /usr/bin/sandbox-exec.';

/** The sandbox of macOS. It cannot show a tree at another path, so commands run in the tree's own place. */
export function findSeatbelt(options: ConfinerOptions): ConfinerFound {
  if (!existsSync(program)) return { kind: 'none', reason: `${program} does not exist.`, remedy };
  if (process.getuid?.() === 0)
    return { kind: 'none', reason: 'Nothing is confined for root on macOS.', remedy };
  const confiner = {
    name: 'seatbelt',
    mountsTree: false,
    remedy,
    prepare: (command: ConfinedCommand, signal: AbortSignal) => prepare(command, options, signal),
  };
  return { kind: 'found', confiner };
}

async function prepare(
  command: ConfinedCommand,
  options: ConfinerOptions,
  signal: AbortSignal,
): Promise<Prepared> {
  const { tree, mountAt, treeAccess, writable } = command.confinement;
  if (tree !== mountAt)
    return refused('The sandbox of macOS cannot show a tree at another path than its own.');
  const environment = { ...options.environment, ...command.env };
  const found = await resolveProgram({
    name: command.argv[0],
    cwd: command.cwd,
    environment,
    home: environment['HOME'] ?? homedir(),
    workspace: command.confinement.mountAt,
    onDisk: (path) => path,
    signal,
  });
  if (found.kind === 'missing') return { kind: 'couldNotStart', why: 'missing', message: found.message };
  const root = realpathSync(tree);
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'codegen-lab-home-')));
  const closed = await findProtectedInTree(
    tree,
    options.isProtected,
    new Set(command.confinement.dependencies),
  );
  const toolchain = findToolchain({
    program: found.real,
    environment: options.environment,
    home: environment['HOME'] ?? homedir(),
    canBuildInTree: treeAccess === 'write',
    temporary: home,
  });
  const cache = toolchain.cache === undefined ? undefined : linkCache(toolchain.cache.folder, undefined);
  const profile = renderSeatbeltProfile({
    readable: [
      root,
      ...[...found.needs, ...toolchain.readable]
        .filter((need) => existsSync(need))
        .map((need) => realpathSync(need)),
      ...linkedFolders(command),
    ],
    writable: [
      ...(cache === undefined ? [] : [realpathSync(cache.location)]),
      ...(treeAccess === 'write' ? [root] : []),
      ...writable.map((folder) => realpathSync(folder)),
      home,
    ],
    closed: closed.map((path) => join(root, path)),
  });
  const inside = {
    home,
    temporary: home,
    path: `${dirname(found.path)}:/usr/local/bin:/usr/bin:/bin`,
    added: {
      ...toolchain.env,
      ...(toolchain.cache && cache ? { [toolchain.cache.variable]: cache.location } : {}),
      ...command.env,
    },
  };
  return {
    kind: 'ready',
    argv: [
      program,
      '-p',
      profile,
      '/bin/sh',
      '-c',
      limitScript,
      'limit',
      String(Math.ceil(command.timeoutMs / 1000)),
      found.path,
      ...command.argv.slice(1),
    ],
    cwd: command.cwd,
    env: confinedEnvironment(options.environment, inside),
    cleanUp: () => {
      cache?.dispose();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** Dependency folders are links into the workspace: what they lead to must be readable. */
function linkedFolders(command: ConfinedCommand): readonly string[] {
  const { tree, dependencies } = command.confinement;
  return dependencies
    .map((path) => join(tree, path))
    .filter((path) => existsSync(path))
    .map((path) => realpathSync(path));
}

// Fixed text; what differs comes as positional arguments.
const limitScript = 'ulimit -c 0; ulimit -t "$1"; ulimit -f 2097152; ulimit -n 4096; shift; exec "$@"';
