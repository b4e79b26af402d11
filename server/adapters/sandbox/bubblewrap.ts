import { chmodSync, existsSync, lstatSync, mkdirSync, readlinkSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, normalize } from 'node:path';
import type { SandboxNetwork } from '../../engine/ports/processes.ts';
import { openNetwork, type OpenNetwork } from '../network/sandboxNetwork.ts';
import { confinedEnvironment } from '../processes/processEnvironment.ts';
import { resolveTrustedTool } from '../trustedTool.ts';
import { buildBubblewrapArgv, isWithin, type Mount } from './bubblewrapArgv.ts';
import {
  refused,
  type ConfinedCommand,
  type ConfinerFound,
  type ConfinerOptions,
  type Prepared,
} from './confiner.ts';
import { currentLimits } from './currentLimits.ts';
import { linkCache } from './linkedCache.ts';
import { buildLimitArgv, lifelineFd } from './limitArgv.ts';
import { findProtectedInTree } from './protectedInTree.ts';
import { canStrangerExecute, canStrangerReach } from './reach.ts';
import { resolveProgram, systemRoots, type ProgramFound } from './resolveProgram.ts';
import { buildStagingArgv, stagedPath } from './stagingArgv.ts';
import { findToolchain } from './toolchain.ts';

/** Whom root becomes before it confines anything. */
export const nobody = 65534;

const remedy =
  'Install bubblewrap 0.8 or newer (Debian, Ubuntu: apt-get install bubblewrap), and allow user namespaces if the system forbids them ' +
  '(sysctl kernel.unprivileged_userns_clone=1, or an AppArmor profile for bwrap).';
const statusFd = 3;
const stagingFolder = '/run/codegen-lab';

/** The sandbox of Linux, if the tools that it is made of are in the system's own folders. */
export function findBubblewrap(options: ConfinerOptions): ConfinerFound {
  const tools = findTools();
  if ('missing' in tools) return { kind: 'none', reason: `${tools.missing} is not installed.`, remedy };
  const sandbox = new Bubblewrap(tools, options);
  const confiner = {
    name: 'bubblewrap',
    mountsTree: true,
    remedy,
    prepare: (command: ConfinedCommand, signal: AbortSignal) => sandbox.prepare(command, signal),
  };
  return { kind: 'found', confiner };
}

interface ShownProgram {
  /** As the sandbox is to call it. */
  readonly program: string;
  /** Shown read-only at their own paths. */
  readonly needs: readonly string[];
  readonly wrap: (argv: readonly string[]) => readonly string[];
}

type Found = Extract<ProgramFound, { readonly kind: 'found' }>;
type Tools = Record<'bwrap' | 'setpriv' | 'prlimit' | 'timeout' | 'unshare' | 'setsid' | 'sh', string>;

function findTools(): Tools | { readonly missing: string } {
  const find = (name: string): string => resolveTrustedTool(name) ?? '';
  const tools = {
    bwrap: find('bwrap'),
    setpriv: find('setpriv'),
    prlimit: find('prlimit'),
    timeout: find('timeout'),
    unshare: find('unshare'),
    setsid: find('setsid'),
    sh: find('sh'),
  };
  const missing = Object.entries(tools).find(([, path]) => path === '')?.[0];
  return missing === undefined ? tools : { missing };
}

class Bubblewrap {
  readonly #tools: Tools;
  readonly #options: ConfinerOptions;
  readonly #home: string;
  readonly #user: number;
  readonly #isRoot: boolean;
  /** What is protected in a copy cannot change while sandboxes alone work in it, so it is looked for once. */
  readonly #protected = new Map<string, readonly string[]>();

  constructor(tools: Tools, options: ConfinerOptions) {
    this.#tools = tools;
    this.#options = options;
    this.#home = homeOf(options.environment);
    this.#isRoot = process.getuid?.() === 0;
    this.#user = this.#isRoot ? nobody : (process.getuid?.() ?? nobody);
  }

  async prepare(command: ConfinedCommand, signal: AbortSignal): Promise<Prepared> {
    const { tree, mountAt } = command.confinement;
    if (!isMountable(mountAt)) return refused(`A sandbox cannot show a folder at ${mountAt}.`);
    if (!existsSync(tree)) return refused(`The tree to run in, ${tree}, does not exist.`);
    const program = await resolveProgram({
      name: command.argv[0],
      cwd: command.cwd,
      environment: { ...this.#options.environment, ...command.env },
      home: this.#home,
      workspace: mountAt,
      onDisk: (path) => onDisk(path, command.confinement),
      signal,
    });
    if (program.kind === 'missing')
      return { kind: 'couldNotStart', why: 'missing', message: program.message };
    if (this.#isRoot && !canStrangerExecute(program.real, nobody)) {
      return refused(
        `The sandbox runs as the user nobody, who may not execute ${program.real}. Allow it (chmod o+x) or choose another program.`,
      );
    }
    return this.#withToolchain(command, program, signal);
  }

  /** With what the language's tool needs: downloaded packages, and a cache of its own. */
  async #withToolchain(command: ConfinedCommand, program: Found, signal: AbortSignal): Promise<Prepared> {
    const { confinement } = command;
    const { readable, env, cache } = findToolchain({
      program: program.real,
      environment: this.#options.environment,
      home: this.#home,
      canBuildInTree: confinement.treeAccess === 'write',
      temporary: '/tmp',
    });
    const out = confinement.network && (await this.#openNetwork(command, confinement.network, signal));
    if (out !== undefined && 'kind' in out) return out;
    const own = cache === undefined ? undefined : linkCache(cache.folder, this.#isRoot ? nobody : undefined);
    const added = own === undefined || cache === undefined ? {} : { [cache.variable]: own.location };
    const prepared = await this.#wrap(
      {
        ...command,
        env: { ...env, ...added, ...command.env, ...out?.network.env },
        confinement: {
          ...confinement,
          writable: [...confinement.writable, ...(own === undefined ? [] : [own.location])],
        },
      },
      {
        program: program.path,
        needs: [...program.needs, ...readable, ...(out?.needs ?? [])].filter((need) => existsSync(need)),
        wrap: (argv) => out?.network.wrap(out.node, argv) ?? argv,
      },
    ).catch((error: unknown) => {
      out?.network.close();
      throw error;
    });
    const cleanUp = (): void => {
      own?.dispose();
      out?.network.close();
    };
    if (prepared.kind !== 'ready') cleanUp();
    return prepared.kind === 'ready' ? { ...prepared, cleanUp } : prepared;
  }

  /** A proxy outside, and what leads to it inside: run by our own Node, which the sandbox shows for it. */
  async #openNetwork(
    { cwd, confinement }: ConfinedCommand,
    allowed: SandboxNetwork,
    signal: AbortSignal,
  ): Promise<
    | { readonly network: OpenNetwork; readonly node: string; readonly needs: readonly string[] }
    | Exclude<Prepared, { readonly kind: 'ready' }>
  > {
    const node = await resolveProgram({
      name: process.execPath,
      cwd,
      environment: this.#options.environment,
      home: this.#home,
      workspace: confinement.mountAt,
      onDisk: (path) => path,
      signal,
    });
    if (node.kind === 'missing' || (this.#isRoot && !canStrangerExecute(node.real, nobody)))
      return refused(
        `The sandbox cannot run ${process.execPath}, which it needs for a network by domains. Empty the setting codegenLab.sandbox.domains, or allow it (chmod o+x).`,
      );
    const network = await openNetwork(allowed, this.#isRoot ? nobody : undefined);
    return { network, node: node.path, needs: [...node.needs, network.folder] };
  }

  async #wrap(command: ConfinedCommand, { program, needs, wrap }: ShownProgram): Promise<Prepared> {
    const { confinement } = command;
    const covers = await this.#covers(command);
    const staged = new Stage(this.#isRoot);
    const tree = staged.mount(confinement.tree, confinement.mountAt);
    const plan = {
      bwrap: this.#tools.bwrap,
      setsid: this.#tools.setsid,
      ...systemView(),
      programs: needs.map((need) => staged.mount(need, need)),
      tree,
      treeAccess: confinement.treeAccess,
      covers: covers.map((cover) => staged.mount(cover.from, cover.to)),
      writable: confinement.writable.map((folder) => staged.mount(folder, folder)),
      home: this.#home,
      environment: confinedEnvironment(this.#options.environment, {
        home: this.#home,
        temporary: '/tmp',
        path: searchPath(program, needs),
        added: command.env,
      }),
      cwd: command.cwd,
      argv: wrap([program, ...command.argv.slice(1)]),
      statusFd,
    };
    const limits = buildLimitArgv(this.#tools, currentLimits(this.#user, command.timeoutMs), {
      user: this.#isRoot ? nobody : undefined,
      parent: process.pid,
    });
    const argv = [...this.#stagingArgv(staged.sources), ...limits, ...buildBubblewrapArgv(plan)];
    return {
      kind: 'ready',
      argv,
      cwd: '/',
      env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C' },
      statusFd,
      lifelineFd,
    };
  }

  #stagingArgv(sources: readonly string[]): readonly string[] {
    if (sources.length === 0) return [];
    mkdirSync(stagingFolder, { recursive: true });
    chmodSync(stagingFolder, 0o711);
    return buildStagingArgv({
      unshare: this.#tools.unshare,
      shell: this.#tools.sh,
      folder: stagingFolder,
      sources,
    });
  }

  /** Dependency folders from the workspace, then what is protected in the tree itself. */
  async #covers(command: ConfinedCommand): Promise<readonly Mount[]> {
    const { tree, mountAt, treeAccess, dependencies } = command.confinement;
    if (treeAccess === 'read' && tree === mountAt) return [];
    const folders = dependencies.filter((path) => existsSync(join(mountAt, path)));
    const skip = new Set(dependencies);
    // The user's own tree changes between one command and the next.
    const protect = (): Promise<readonly string[]> =>
      tree === mountAt
        ? findProtectedInTree(tree, this.#options.isProtected, skip)
        : this.#protectedIn(tree, skip);
    const shielded = treeAccess === 'write' ? await protect() : [];
    return [
      ...folders.map((path) => ({ from: join(mountAt, path), to: join(mountAt, path) })),
      ...shielded.map((path) => ({ from: join(tree, path), to: join(mountAt, path) })),
    ];
  }

  async #protectedIn(tree: string, skip: ReadonlySet<string>): Promise<readonly string[]> {
    const known = this.#protected.get(tree);
    if (known !== undefined) return known.filter((path) => isPlain(join(tree, path)));
    const found = await findProtectedInTree(tree, this.#options.isProtected, skip);
    if (this.#protected.size > 50) this.#protected.clear();
    this.#protected.set(tree, found);
    return found;
  }
}

/** Decides where bwrap finds a source: root's own view is wider than that of the user who runs bwrap. */
class Stage {
  readonly sources: string[] = [];
  readonly #isRoot: boolean;

  constructor(isRoot: boolean) {
    this.#isRoot = isRoot;
  }

  mount(source: string, to: string): Mount {
    if (!this.#isRoot || canStrangerReach(realpathSync(source), nobody)) return { from: source, to };
    const index = this.sources.findIndex((known) => isWithin(source, known));
    if (index >= 0)
      return { from: stagedPath(stagingFolder, index) + source.slice(this.sources[index]?.length), to };
    this.sources.push(source);
    return { from: stagedPath(stagingFolder, this.sources.length - 1), to };
  }
}

function homeOf(environment: NodeJS.ProcessEnv): string {
  const home = normalize(environment['HOME'] ?? homedir()).replace(/(?<=.)\/+$/u, '');
  return isMountable(home) ? home : '/home/sandbox';
}

/** Whether a folder can be shown at a path without hiding what every program needs. */
function isMountable(path: string): boolean {
  const kernel = ['/proc', '/dev', '/sys'];
  return (
    path.startsWith('/') &&
    path !== '/' &&
    normalize(path) === path &&
    !systemRoots.includes(path) &&
    !kernel.some((root) => isWithin(path, root))
  );
}

/** What the sandbox sees at `path`, as a path of this machine. */
function onDisk(path: string, confinement: ConfinedCommand['confinement']): string {
  const { mountAt, tree, dependencies } = confinement;
  if (!isWithin(path, mountAt) || dependencies.some((folder) => isWithin(path, join(mountAt, folder))))
    return path;
  return tree + path.slice(mountAt.length);
}

/** Public files only; nothing of /etc that holds names, keys or routes of this machine but the accounts' names. */
const etcFiles = [
  ...[
    '/etc/passwd',
    '/etc/group',
    '/etc/nsswitch.conf',
    '/etc/hosts',
    '/etc/localtime',
    '/etc/timezone',
    '/etc/alternatives',
  ],
  ...[
    '/etc/ld.so.cache',
    '/etc/ld.so.conf',
    '/etc/ld.so.conf.d',
    '/etc/mime.types',
    '/etc/protocols',
    '/etc/services',
  ],
  ...['/etc/ssl/certs', '/etc/ssl/openssl.cnf', '/etc/pki/tls/certs', '/etc/fonts'],
];

function systemView(): {
  readonly system: readonly string[];
  readonly links: readonly { readonly path: string; readonly target: string }[];
} {
  const present = systemRoots.filter((path) => existsSync(path));
  const isLink = (path: string): boolean => lstatSync(path).isSymbolicLink();
  return {
    system: [...present.filter((path) => !isLink(path)), ...etcFiles.filter((path) => existsSync(path))],
    links: present.filter(isLink).map((path) => ({ path, target: readlinkSync(path) })),
  };
}

function searchPath(program: string, needs: readonly string[]): string {
  const bins = needs.map((need) => join(need, 'bin')).filter((folder) => existsSync(folder));
  return [...new Set([dirname(program), ...bins, '/usr/local/bin', '/usr/bin', '/bin'])].join(':');
}

function isPlain(path: string): boolean {
  const found = lstatSync(path, { throwIfNoEntry: false });
  return found !== undefined && !found.isSymbolicLink();
}
