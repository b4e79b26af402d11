/** What a sandbox shows and allows. All paths are absolute; `from` is where bwrap finds it, `to` where it is seen. */
export interface SandboxPlan {
  readonly bwrap: string;
  /** As seen in the sandbox. */
  readonly setsid: string;
  /** System folders and files, shown read-only at their own paths. */
  readonly system: readonly string[];
  /** Links of a merged /usr, such as `/bin` to `usr/bin`. */
  readonly links: readonly { readonly path: string; readonly target: string }[];
  /** Interpreters and their libraries, read-only. */
  readonly programs: readonly Mount[];
  readonly tree: Mount;
  readonly treeAccess: 'write' | 'read';
  /** Over the tree, read-only: dependency folders, then protected names. */
  readonly covers: readonly Mount[];
  /** Report folders. */
  readonly writable: readonly Mount[];
  readonly home: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly argv: readonly string[];
  /** Descriptor on which bwrap tells that the command was started and how it ended. */
  readonly statusFd: number;
}

export interface Mount {
  readonly from: string;
  readonly to: string;
}

const mebibyte = 1024 * 1024;
const temporaryBytes = String(512 * mebibyte);
const sharedMemoryBytes = String(256 * mebibyte);

/** The command line of bwrap for a plan. Order matters: a later mount lies over an earlier one. */
export function buildBubblewrapArgv(plan: SandboxPlan): readonly string[] {
  const inTree = (mount: Mount): boolean => isWithin(mount.to, plan.tree.to);
  return [
    plan.bwrap,
    ...isolation,
    ...['--json-status-fd', String(plan.statusFd)],
    ...plan.system.flatMap((path) => ['--ro-bind', path, path]),
    ...plan.links.flatMap((link) => ['--symlink', link.target, link.path]),
    ...['--proc', '/proc', '--ro-bind', '/proc/sys', '/proc/sys'],
    // The file system under /dev has no size of its own: it is closed, but for shared memory, which gets one.
    ...['--dev', '/dev', '--size', sharedMemoryBytes, '--tmpfs', '/dev/shm', '--remount-ro', '/dev'],
    ...['--size', temporaryBytes, '--tmpfs', '/tmp', '--size', temporaryBytes, '--tmpfs', plan.home],
    ...plan.programs.filter((mount) => !inTree(mount)).flatMap(readOnly),
    ...(plan.treeAccess === 'write' ? writable(plan.tree) : readOnly(plan.tree)),
    ...plan.programs.filter(inTree).flatMap(readOnly),
    ...plan.covers.flatMap(readOnly),
    ...plan.writable.flatMap(writable),
    ...['--remount-ro', '/', '--chdir', plan.cwd],
    ...Object.entries(plan.environment).flatMap(([name, value]) => ['--setenv', name, value]),
    '--',
    // Not by bwrap itself: until it dies with its parent it stays in the group that can be killed as a whole.
    ...[plan.setsid, '--'],
    ...plan.argv,
  ];
}

export function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}

const isolation = [
  ...[
    '--unshare-user',
    '--disable-userns',
    '--unshare-pid',
    '--unshare-net',
    '--unshare-ipc',
    '--unshare-uts',
  ],
  ...[
    '--unshare-cgroup-try',
    '--hostname',
    'sandbox',
    '--die-with-parent',
    '--cap-drop',
    'ALL',
    '--clearenv',
  ],
];

function readOnly(mount: Mount): readonly string[] {
  return ['--ro-bind', mount.from, mount.to];
}

function writable(mount: Mount): readonly string[] {
  return ['--bind', mount.from, mount.to];
}
