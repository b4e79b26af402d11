import type { Finding } from './text.ts';

/** What was looked at in a proposal beside its tests, before anybody decides on it. */
export interface ProposalAssessment {
  /** By scanner; empty: the project has none for these files. */
  readonly scans: readonly ScanReport[];
  /** What the change brings in that was not there before, at its place in the text after the change. */
  readonly findings: readonly Finding[];
  /** Why it is not applied without a person, as sentences; empty: it may be. */
  readonly held: readonly string[];
}

/** One scanner that the project has. */
export interface ScanReport {
  /** As people call it, such as `ruff`. */
  readonly scanner: string;
  readonly outcome: 'clean' | 'found' | 'notRun';
  /** How many findings are new; why it did not run, and what to do next. A sentence. */
  readonly message: string;
  readonly ms: number;
}

export const scanWishes = ['off', 'show', 'block'] as const;

/** `block`: a new finding of the severity `error` refuses the proposal. */
export type ScanWish = (typeof scanWishes)[number];
