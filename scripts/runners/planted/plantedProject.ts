import type { CandidateFilter } from '../../../server/protocol/candidates.ts';

/** A test of an answer, and the filter that drops it; undefined: it is kept. */
export type Planted = readonly [
  name: string,
  filter: CandidateFilter | undefined,
  reason: RegExp,
  lines: string,
];

export interface PlantedProject {
  readonly source: string;
  readonly target: string;
  readonly fence: string;
  readonly files: Readonly<Record<string, string>>;
  readonly head: string;
  readonly planted: readonly Planted[];
  readonly maxMutants: number;
  /** What the kept file imports no longer. */
  readonly gone: RegExp;
  /** Folder below `test-fixtures/runners` whose installed packages it uses; undefined: it needs none. */
  readonly installed?: string;
  /** Without it on PATH nothing can be tried; undefined: every machine that runs the tests has what it needs. */
  readonly program?: string;
}
