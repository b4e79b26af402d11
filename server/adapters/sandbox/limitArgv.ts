/** Limits that the kernel keeps for each process of a sandbox, and the wall clock around all of them. */
export interface Limits {
  readonly addressSpace: number;
  readonly cpuSeconds: number;
  readonly fileBytes: number;
  readonly openFiles: number;
  /** Processes and threads of the user, all together: the kernel counts those outside the sandbox too. */
  readonly processes: number;
  readonly wallSeconds: number;
}

export interface LimitTools {
  readonly setpriv: string;
  readonly prlimit: string;
  readonly timeout: string;
  readonly sh: string;
}

/** A pipe that nothing is ever written to: its end is ours. */
export const lifelineFd = 4;

/** Whose place the command takes, and with whom it dies. */
export interface LimitedProcess {
  /** undefined: our own user. */
  readonly user: number | undefined;
  /** Id of our own process. */
  readonly parent: number;
}

/**
 * The command line that puts limits on whatever follows it. It dies with us, and takes `user`'s place first if given:
 * as root the limit of processes is void and the sandbox is no wall.
 */
export function buildLimitArgv(
  tools: LimitTools,
  limits: Limits,
  { user, parent }: LimitedProcess,
): readonly string[] {
  const drop = user === undefined ? [] : ['--reuid', String(user), '--regid', String(user), '--clear-groups'];
  const dies = [tools.setpriv, '--no-new-privs', '--pdeathsig', 'KILL'];
  return [
    ...[...dies, ...drop, '--', tools.sh, '-c', begin, 'begin', String(parent)],
    ...[
      tools.prlimit,
      `--as=${limits.addressSpace}`,
      `--cpu=${limits.cpuSeconds}`,
      `--fsize=${limits.fileBytes}`,
    ],
    ...[`--nofile=${limits.openFiles}`, `--nproc=${limits.processes}`, '--core=0', '--'],
    ...[tools.timeout, '--kill-after=2', '--signal=TERM', String(limits.wallSeconds)],
    ...[...dies, '--', tools.sh, '-c', goOn, 'goOn'],
  ];
}

// Who asks to die with a parent that is dead already is never told of it, so each looks for its parent afterwards. `timeout`
// starts what follows as its child, and so what follows has to ask anew. What is just being started may have asked nobody yet:
// as soon as the other end of the lifeline is closed, whoever holds it, the whole group is killed.
const begin = [
  '[ "$PPID" = "$1" ] || exit 125',
  `(read -r end <&${lifelineFd}; kill -KILL 0) </dev/null >/dev/null 2>&1 3>&- &`,
  `exec ${lifelineFd}<&-`,
  'shift; CODEGEN_LAB_CHAIN=$$; export CODEGEN_LAB_CHAIN; exec "$@"',
].join('\n');
const goOn = '[ "$PPID" = "$CODEGEN_LAB_CHAIN" ] || exit 125; exec "$@"';
