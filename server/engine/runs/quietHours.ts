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
  /** The last look at each folder, and when it began, in milliseconds. */
  readonly #looks = new Map<string, { readonly at: number; readonly look: Promise<void> }>();
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
    for (const root of this.#looks.keys()) this.#endIfOver(root);
  }

  /** Why nothing begins in the folder now, as far as is known; goes on after "because", without a full stop. */
  reasonFor(root: string): string | undefined {
    if (!this.#parts.wanted()) return undefined;
    if (this.#debugging) return 'a debug session is under way';
    const operation = this.#git.get(root);
    return operation && `a ${operation} of git is under way`;
  }

  /** Looks at git, and goes on looking until it has ended what it began. Those who ask at once learn it in turn. */
  async look(root: string): Promise<void> {
    const now = this.#parts.clock.now();
    const before = this.#looks.get(root);
    const isFresh = before !== undefined && Math.abs(now - before.at) < freshMs;
    if (isFresh || this.#git.has(root) || !this.#parts.wanted()) return before?.look;
    const look = this.#lookAtGit(root);
    this.#looks.set(root, { at: now, look });
    return look;
  }

  stop(): void {
    this.#stop.abort();
  }

  async #lookAtGit(root: string): Promise<void> {
    const operation = await this.#parts.gitOperations.underway(root);
    if (operation === undefined || this.#git.has(root)) return;
    this.#git.set(root, operation);
    void this.#follow(root);
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
