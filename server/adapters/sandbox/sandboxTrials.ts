/** One thing that a confined program tries; its shell lines end with 0 when they got what must be kept from them. */
export interface SandboxTrial {
  readonly id: string;
  readonly claim: string;
  /** For `sh`; `$OUTSIDE` is a folder outside of the tree that anyone may write. */
  readonly attempt: string;
  /** Said where the attempt got through. */
  readonly remedy: string;
}

/** A variable of the user's that no confined program may see. */
export const canary = 'CODEGEN_LAB_CANARY';

const report = 'Please report this as a fault of Codegen Lab, with the output of this command.';

/** Nothing outside of the exam's own folder changes, even where an attempt gets through. */
export const sandboxTrials: readonly SandboxTrial[] = [
  {
    id: 'root',
    claim: 'It does not run as root.',
    attempt: 'test "$(id -u)" = 0',
    remedy: 'Start the editor or the command as a user of your own.',
  },
  {
    id: 'capabilities',
    claim: 'It has no capabilities.',
    attempt: "! grep -q '^CapEff:[[:space:]]*0000000000000000$' /proc/self/status",
    remedy: report,
  },
  {
    id: 'network',
    claim: 'It sees no network but its own loopback.',
    attempt: "sed -n '3,$p' /proc/net/dev | grep -v '^ *lo:' | grep -q :",
    remedy: report,
  },
  {
    id: 'sockets',
    claim: 'It reaches no socket of a service, such as that of Docker.',
    attempt:
      'test -e /var/run/docker.sock || test -e /run/docker.sock || test -e /run/dbus/system_bus_socket',
    remedy: report,
  },
  {
    id: 'environment',
    claim: 'It gets no variable of yours that it need not have.',
    attempt: `test -n "$${canary}"`,
    remedy: report,
  },
  {
    id: 'read-outside',
    claim: 'It reads no file outside of the copy.',
    attempt: 'cat "$OUTSIDE/secret" 2>/dev/null',
    remedy: report,
  },
  {
    id: 'write-outside',
    claim: 'It writes no file outside of the copy.',
    attempt: 'echo x >"$OUTSIDE/written" 2>/dev/null',
    remedy: report,
  },
  {
    id: 'link-outside',
    claim: 'A link out of the copy leads nowhere.',
    attempt: 'ln -s "$OUTSIDE/secret" link && cat link 2>/dev/null',
    remedy: report,
  },
  {
    id: 'protected',
    claim: 'It changes neither what git runs nor the settings of editors.',
    attempt:
      '{ echo x >>.git/hooks/pre-commit; } 2>/dev/null || { echo x >>.vscode/settings.json; } 2>/dev/null || mv .git moved 2>/dev/null',
    remedy: report,
  },
  {
    id: 'kernel',
    claim: 'It changes no setting of the kernel.',
    attempt: '{ : >>/proc/sys/kernel/core_pattern; } 2>/dev/null',
    remedy: report,
  },
  {
    id: 'mount',
    claim: 'It mounts nothing and makes no sandbox of its own to get out by.',
    // In a namespace of its own, so that nothing is changed where nothing is refused.
    attempt: 'unshare -m true 2>/dev/null || unshare -Ur true 2>/dev/null',
    remedy: report,
  },
  {
    id: 'processes',
    claim: 'It sees no process but its own.',
    attempt: 'test "$(ls -d /proc/[0-9]* | wc -l)" -gt 12',
    remedy: report,
  },
];

/** Prints `id=open` or `id=shut` for each trial; one that breaks the shell counts as neither. */
export function trialScript(trials: readonly SandboxTrial[]): string {
  return trials
    .map(
      ({ id, attempt }) => `if ( ${attempt} ) >/dev/null; then echo "${id}=open"; else echo "${id}=shut"; fi`,
    )
    .join('\n');
}
