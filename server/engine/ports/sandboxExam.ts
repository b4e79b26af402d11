/** Tries what the sandbox of this machine keeps out, by effects. */
export interface SandboxExam {
  examine(signal: AbortSignal): Promise<SandboxReport>;
}

export interface SandboxReport {
  /** Such as `bubblewrap`; undefined: this machine has none, or it does not start. */
  readonly how: string | undefined;
  readonly checks: readonly SandboxCheck[];
}

export interface SandboxCheck {
  /** Stable, such as `network`. */
  readonly id: string;
  /** What should hold, as a sentence. */
  readonly claim: string;
  readonly holds: boolean;
  /** What was seen. */
  readonly seen: string;
  /** What to do; empty where it holds. */
  readonly remedy: string;
}
