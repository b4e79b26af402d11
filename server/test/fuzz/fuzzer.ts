/** One input that no honest peer would send, and how it is taken. */
export interface FuzzInput {
  /** To be read by people, and to play it again. */
  readonly shown: string;
  /** In bytes, or characters where it is text. */
  readonly size: number;
  /** What is wrong with how it is taken; undefined when nothing is. May throw, which is a fault too. */
  readonly play: () => Promise<string | undefined> | string | undefined;
}

/** Draws inputs, the same for the same seed. */
export interface Fuzzer {
  next(): FuzzInput;
  close?(): Promise<void> | void;
}

export const fuzzKinds = ['rules', 'globs', 'streams', 'frames'] as const;
export type FuzzKind = (typeof fuzzKinds)[number];

/** What is asked of a thread. */
export interface FuzzOrder {
  readonly kind: FuzzKind;
  readonly seed: number;
  readonly count: number;
  /** The number of the input that is played; the first of one. */
  readonly progress: SharedArrayBuffer;
}

export interface FuzzReport {
  readonly faults: readonly string[];
  readonly played: number;
  /** The slowest input in milliseconds of the processor, as if it had 64 KB where it is longer. */
  readonly slowest: number;
}

/** How long an input of up to 64 KB may hold the processor, in milliseconds; a longer one longer in proportion. */
export const stallMs = 50;
export const stallSize = 65_536;
