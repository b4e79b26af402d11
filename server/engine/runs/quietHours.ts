import type { Clock } from '../ports/clock.ts';
import type { GitOperations } from '../ports/gitOperation.ts';

export interface QuietHoursParts {
  readonly clock: Clock;
  readonly gitOperations: GitOperations;
  /** Whether the person wants quiet at all. */
  readonly wanted: () => boolean;
  /** Quiet is over in a folder. */
  readonly onEnd: (root: string) => void;
}

/** How often it is looked whether git has ended what it began, in milliseconds. */
const lookAgainMs = 1_000;

/** How long it counts that git has begun nothing, in milliseconds. */
const freshMs = 200;

/** Times at which nothing begins by itself: a debug session, and git in the middle of a rebase, merge or the like. */
export class QuietHours {
  readonly #parts: QuietHoursParts;
  readonly #stop = new AbortController();
  /** Folder to what git has begun there; these are looked at again. */
  readonly #git = new Map<string, string>();
  readonly #roots = new Set<string>();
  readonly #lookedAt = new Map<string, number>();
  #debugging = false;

  constructor(parts: QuietHoursParts) {
    this.#parts = parts;
  }

  setDebugging(debugging: boolean): void {
    this.#debugging = debugging;
    this.review();
  }

  /** What the person wants may be otherwise now. */
  review(): void {
    for (const root of this.#roots) this.#endIfOver(root);
  }

  /** Why nothing begins in the folder now, as far as is known; goes on after "because", without a full stop. */
  reasonFor(root: string): string | undefined {
    if (!this.#parts.wanted()) return undefined;
    if (this.#debugging) return 'a debug session is under way';
    const operation = this.#git.get(root);
    return operation && `a ${operation} of git is under way`;
  }

  /** Looks at git, and goes on looking until it has ended what it began. */
  async look(root: string): Promise<void> {
    this.#roots.add(root);
    const now = this.#parts.clock.now();
    const before = this.#lookedAt.get(root);
    const isFresh = before !== undefined && Math.abs(now - before) < freshMs;
    if (isFresh || this.#git.has(root) || !this.#parts.wanted()) return;
    this.#lookedAt.set(root, now);
    const operation = await this.#parts.gitOperations.underway(root);
    if (operation === undefined || this.#git.has(root)) return;
    this.#git.set(root, operation);
    void this.#follow(root);
  }

  stop(): void {
    this.#stop.abort();
  }

  async #follow(root: string): Promise<void> {
    const { clock, gitOperations } = this.#parts;
    const { signal } = this.#stop;
    while (!signal.aborted) {
      await clock.sleep(lookAgainMs, signal);
      const operation = await gitOperations.underway(root);
      if (operation === undefined) break;
      this.#git.set(root, operation);
    }
    this.#git.delete(root);
    if (!signal.aborted) this.#endIfOver(root);
  }

  #endIfOver(root: string): void {
    if (this.reasonFor(root) === undefined) this.#parts.onEnd(root);
  }
}
