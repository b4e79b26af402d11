/** A small wrong change of code under test, which its tests should notice. */
export interface Mutant {
  /** The same for the same change of the same code, wherever that stands in the file. */
  readonly id: string;
  /** Relative to the workspace folder. */
  readonly path: string;
  readonly operator: MutationOperator;
  /** Offsets in UTF-16 units of the text that it changes. */
  readonly start: number;
  readonly end: number;
  readonly original: string;
  readonly replacement: string;
  /** Zero-based line of `start`. */
  readonly line: number;
  /** Zero-based first line of the statement that it is in: some coverage counts whole statements by it. */
  readonly statementLine: number;
  /** The function that it is in, such as `Parser.parse`; empty outside of functions. */
  readonly scope: string;
  /** It changes what runs when the file is loaded, so that any test may notice it. */
  readonly atLoad: boolean;
  /** For people: `` `<` became `<=` in line 12 ``. */
  readonly sentence: string;
}

export type MutationOperator =
  | 'arithmetic'
  | 'boolean'
  | 'boundary'
  | 'comparison'
  | 'condition'
  | 'defaultArgument'
  | 'literal'
  | 'loopControl'
  | 'negation'
  | 'removedCall'
  | 'removedThrow'
  | 'returnValue';

/** What became of a mutant. */
export type MutantFate =
  /** `by`: ids of the tests that failed, the first one first; empty where the run broke down before any test could say so. */
  | { readonly kind: 'killed'; readonly by: readonly string[] }
  | { readonly kind: 'timedOut' }
  | { readonly kind: 'survived' }
  /** No test runs its line. */
  | { readonly kind: 'noCoverage' }
  /** It does not build, so that no test can be judged by it. */
  | { readonly kind: 'invalid'; readonly reason: string }
  /** The budget was spent, or the run was stopped, before its turn. */
  | { readonly kind: 'notRun' };

export interface TestedMutant {
  readonly mutant: Mutant;
  readonly fate: MutantFate;
}

/** Mutants by what became of them. */
export interface MutationScore {
  /** Those that timed out too. */
  readonly killed: number;
  readonly survived: number;
  readonly noCoverage: number;
  readonly invalid: number;
  readonly notRun: number;
}

/** Counts fates. */
export function scoreMutants(tested: readonly TestedMutant[]): MutationScore {
  const count = (...kinds: readonly MutantFate['kind'][]): number =>
    tested.filter(({ fate }) => kinds.includes(fate.kind)).length;
  return {
    killed: count('killed', 'timedOut'),
    survived: count('survived'),
    noCoverage: count('noCoverage'),
    invalid: count('invalid'),
    notRun: count('notRun'),
  };
}

/** Killed ones among those that a test could have killed, from 0 to 1; undefined: there was none. */
export function killedShare({ killed, survived, noCoverage }: MutationScore): number | undefined {
  const all = killed + survived + noCoverage;
  return all === 0 ? undefined : killed / all;
}

/** For people: how the tests of a file do. */
export function mutationSentence(path: string, score: MutationScore): string {
  const share = killedShare(score);
  if (share === undefined) return `No mutant of ${path} could be judged by its tests.`;
  const judged = score.killed + score.survived + score.noCoverage;
  return `The tests kill ${score.killed} of ${judged} mutants of ${path} (${Math.floor(share * 100)} %).`;
}
