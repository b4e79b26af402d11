import type { ProposedFile } from '../../protocol/runEvents.ts';

/** Whoever started this process and can answer at once, such as at a terminal. */
export interface Person {
  /** Asks whether an edit lands. undefined: no answer came, or the signal aborted; then nothing lands. */
  decide(question: LandingQuestion, signal: AbortSignal): Promise<LandingAnswer | undefined>;
}

export interface LandingQuestion {
  readonly rule: string;
  /** What is proven, as a sentence. */
  readonly summary: string;
  readonly files: readonly ProposedFile[];
  /** What the person chose of it before is not proven, and asked about as it is: it is taken whole or not at all. */
  readonly isUnproven?: boolean;
  /** The difference is shown before the question, not only when it is asked for. */
  readonly showsDiff: boolean;
}

export interface LandingAnswer {
  readonly accept: boolean;
  /** The person looked at the difference. */
  readonly seen: boolean;
  /** Of these files only these hunks, by their index in `findHunks`; of a file that is not named, all. */
  readonly hunks?: readonly { readonly path: string; readonly kept: readonly number[] }[];
}
