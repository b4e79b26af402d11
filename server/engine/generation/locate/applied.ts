import type { Candidate } from './findCandidates.ts';
import type { Trust } from './trust.ts';

export interface Applied {
  readonly kind: 'applied';
  readonly text: string;
  /** The least sure level that a block needed; `whole` for a whole file, `chunk` for numbered chunks of it. */
  readonly trust: Trust | 'whole' | 'chunk';
  /** Lines. */
  readonly added: number;
  readonly removed: number;
}

export interface Refused {
  readonly kind: 'refused';
  /** For the model and for people: what is wrong and what to do. */
  readonly reason: string;
  /** Places that may have been meant. */
  readonly candidates: readonly Candidate[];
}
