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
}

/**
 * The command line that puts limits on whatever follows it. It dies with us, and takes `user`'s place first if given:
 * as root the limit of processes is void and the sandbox is no wall.
 */
export function buildLimitArgv(
  tools: LimitTools,
  limits: Limits,
  user: number | undefined,
): readonly string[] {
  const drop = user === undefined ? [] : ['--reuid', String(user), '--regid', String(user), '--clear-groups'];
  return [
    ...[tools.setpriv, '--no-new-privs', '--pdeathsig', 'KILL', ...drop, '--'],
    ...[
      tools.prlimit,
      `--as=${limits.addressSpace}`,
      `--cpu=${limits.cpuSeconds}`,
      `--fsize=${limits.fileBytes}`,
    ],
    ...[`--nofile=${limits.openFiles}`, `--nproc=${limits.processes}`, '--core=0', '--'],
    ...[tools.timeout, '--kill-after=2', '--signal=TERM', String(limits.wallSeconds)],
  ];
}
