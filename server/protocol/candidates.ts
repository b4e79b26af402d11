import type { MutationScore } from './mutants.ts';

/** What a test that a model wrote has to pass before it is kept, in this order. */
export type CandidateFilter =
  /** It parses, and the runner collects it. */
  | 'collects'
  /** It passes on the code as it is; red first: it fails on it. */
  | 'passes'
  /** It ends alike each time: alone, with the rest, in other orders. */
  | 'reliable'
  /** It runs lines or branches that no test ran before. */
  | 'coverage'
  /** It kills a mutant that the tests before let live. */
  | 'mutation'
  /** It asserts something, does no forbidden thing, and no other test does the same. */
  | 'hygiene'
  /** There was time to ask all that. */
  | 'time';

export const candidateFilters: readonly CandidateFilter[] = [
  'collects',
  'passes',
  'reliable',
  'coverage',
  'mutation',
  'hygiene',
  'time',
];

export interface KeptCandidate {
  /** With the groups around it. */
  readonly name: string;
  /** How many lines it runs that no test ran before; undefined: not measured. */
  readonly lines: number | undefined;
  /** How many mutants it kills that the tests before let live; undefined: not measured. */
  readonly kills: number | undefined;
}

export interface DroppedCandidate {
  readonly name: string;
  readonly filter: CandidateFilter;
  /** Goes on after the name, without a full stop. */
  readonly reason: string;
}

export interface CoverageChange {
  /** The file that the tests are for. */
  readonly path: string;
  readonly lines: number;
  /** How many of them ran. */
  readonly before: number;
  readonly after: number;
}

export interface MutationChange {
  readonly before: MutationScore;
  readonly after: MutationScore;
  /** Sentences about mutants that still live; at most some. */
  readonly living: readonly string[];
}

/** What became of the tests that one answer brought. */
export interface CandidateReport {
  /** Test file, relative to the workspace folder. */
  readonly path: string;
  readonly candidates: number;
  readonly kept: readonly KeptCandidate[];
  readonly dropped: readonly DroppedCandidate[];
  /** The tests have to fail on the code as it is. */
  readonly redFirst: boolean;
  /** undefined: not measured. */
  readonly coverage?: CoverageChange;
  /** undefined: not measured. */
  readonly mutation?: MutationChange;
  /** What could not be measured, and why, as sentences. */
  readonly unmeasured: readonly string[];
  /** How often the runner was started for it, mutants left out. */
  readonly runs: number;
  readonly ms: number;
}

/** What a filter is called where people read it. */
const filterNames: Readonly<Record<CandidateFilter, string>> = {
  collects: 'not collected',
  passes: 'not passing',
  reliable: 'not reliable',
  coverage: 'adds no coverage',
  mutation: 'kills no mutant',
  hygiene: 'unclean',
  time: 'not proven in time',
};

/** How many tests were dropped for what, such as `1 not passing, 2 unclean`; empty: none was. */
export function countDropped({ dropped, redFirst }: Pick<CandidateReport, 'dropped' | 'redFirst'>): string {
  return candidateFilters
    .flatMap((filter) => {
      const count = dropped.filter((each) => each.filter === filter).length;
      const name = filter === 'passes' && redFirst ? 'not red' : filterNames[filter];
      return count === 0 ? [] : [`${count} ${name}`];
    })
    .join(', ');
}
