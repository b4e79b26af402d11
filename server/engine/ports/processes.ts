/** Runs commands: argv, never through a shell. */
export interface Processes {
  start(command: Command): ProcessHandle;
  /** Whether model-written code can be confined on this machine. Probed once, then remembered. */
  confinement(signal: AbortSignal): Promise<ConfinementStatus>;
}

export type ConfinementStatus =
  /**
   * `mountsTree`: the sandbox shows a tree at another path (`mountAt`). Where it cannot, `mountAt` must be the tree's
   * own path, and the copy is made with `linked` dependencies.
   */
  | { readonly kind: 'ready'; readonly how: string; readonly mountsTree: boolean }
  | { readonly kind: 'unavailable'; readonly reason: string; readonly remedy: string };

export interface Command {
  readonly argv: readonly [string, ...string[]];
  /** Absolute. Inside a sandbox: as seen there. */
  readonly cwd: string;
  /** Added to a small allow-list taken from the environment (`none`: the user's whole environment). */
  readonly env: Readonly<Record<string, string>>;
  readonly stdin?: string;
  readonly timeoutMs: number;
  /** Output beyond this is counted, not kept or shown. */
  readonly maxOutputBytes: number;
  /**
   * What is printed is kept whole as well, up to so many bytes. `stdout`: standard output alone. `all`: standard error too, in
   * the order in which it was written, where the system can do that.
   */
  readonly keeps?: { readonly stream: 'stdout' | 'all'; readonly maxBytes: number };
  /** With the command, what it started ends too that has left it for a session of its own, where the system can tell. */
  readonly endsDaemons?: boolean;
  readonly confinement: Confinement;
}

export type Confinement =
  /** The user's own command, as the user would run it. */
  | { readonly kind: 'none' }
  | {
      readonly kind: 'sandbox';
      /** Absolute path on this machine of the tree to run in. */
      readonly tree: string;
      /** The path at which the sandbox sees it: the workspace folder's own. */
      readonly mountAt: string;
      readonly treeAccess: 'write' | 'read';
      /** Dependency folders relative to the workspace folder, bound read-only from there. */
      readonly dependencies: readonly string[];
      /** Absolute folders, bound writable at their own path (report files). */
      readonly writable: readonly string[];
      /** undefined: it reaches nothing. A sandbox that cannot hold a command to domains reaches nothing either. */
      readonly network?: SandboxNetwork;
    };

/** What a command in a sandbox may reach: these domains by https and http, at addresses on the internet, through a proxy. */
export interface SandboxNetwork {
  /** `example.org` alone, or `*.example.org` for all below it. */
  readonly domains: readonly string[];
  /** Something was asked for and not let through; told once for each host and reason. `reason` goes on after the host. */
  readonly onRefused: (refusal: { readonly host: string; readonly reason: string }) => void;
}

export interface ProcessHandle {
  /** Standard output and error in the order in which they came, decoded; ends when the process has. */
  readonly output: AsyncIterable<string>;
  /** Never rejects. */
  readonly finished: Promise<ProcessEnd>;
  /** Kills the whole tree; resolves when it is gone. */
  stop(): Promise<void>;
}

export type ProcessEnd =
  | {
      readonly kind: 'exited';
      readonly code: number;
      readonly ms: number;
      readonly output: string;
      readonly dropped: number;
      /** What the command `keeps`; undefined where it keeps nothing, or was more. */
      readonly kept?: string;
    }
  | {
      readonly kind: 'killed';
      readonly signal: string;
      readonly ms: number;
      readonly output: string;
      readonly dropped: number;
    }
  | { readonly kind: 'timedOut'; readonly ms: number; readonly output: string; readonly dropped: number }
  | { readonly kind: 'stopped'; readonly ms: number; readonly output: string; readonly dropped: number }
  /** `missing`: no such program. `refused`: the sandbox cannot hold it; nothing was run. */
  | {
      readonly kind: 'couldNotStart';
      readonly why: 'missing' | 'refused' | 'fault';
      readonly message: string;
    };
