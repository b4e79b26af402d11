import { scoreMutants, type Mutant, type TestedMutant } from '../../../../protocol/mutants.ts';
import type { FileCoverage, TestLines } from '../../../../protocol/tests.ts';
import type { TestNode } from '../../../generation/candidates/findTestNodes.ts';
import type { MutantTests, MutantTrial, SourceCoverage } from '../../mutating/mutationTypes.ts';
import type { RunEnd } from '../../runScope.ts';
import { textWithout, type CandidateFile } from './candidateFile.ts';
import { gainedBranches, gainedLines, mayTakeBranch } from './coverageGain.ts';
import type { Docket } from './docket.ts';
import type { Gain } from './filterGain.ts';
import type { OwnCoverage } from './filterReliable.ts';
import type { Variants } from './variants.ts';

/** Opens the trial for tests that were there before; a run end says why there is none. */
export type OpenTrial = (before: Before, maxSeconds: number) => Promise<MutantTrial | RunEnd | undefined>;

/** What the tests ran that were there before; what is undefined was not measured. */
export interface Before {
  readonly coverage: readonly FileCoverage[] | undefined;
  readonly perTest: readonly TestLines[] | undefined;
}

export interface GainParts {
  readonly docket: Docket;
  readonly variants: Variants;
  readonly file: CandidateFile;
  /** The code that the tests are for. */
  readonly source: string;
  readonly before: Before;
  readonly own: OwnCoverage;
  readonly openTrial: OpenTrial;
  readonly hasTime: () => boolean;
  readonly secondsLeft: () => number;
  readonly signal: AbortSignal;
}

export interface Gains {
  readonly gains: ReadonlyMap<TestNode, Gain>;
  /** Of the tests before; undefined: not measured. */
  readonly mutants: readonly TestedMutant[] | undefined;
  readonly unmeasured: readonly string[];
}

/** What each candidate adds in covered code and in mutants that die. */
export async function measureGains(parts: GainParts): Promise<Gains | RunEnd> {
  const { docket } = parts;
  const gains = new Map<TestNode, Gain>();
  for (const test of docket.alive) gains.set(test, await coverageOf(parts, test));
  if (docket.alive.size === 0) return { gains, mutants: undefined, unmeasured: [] };
  const trial = await parts.openTrial(parts.before, parts.secondsLeft());
  if (trial === undefined) return { gains, mutants: undefined, unmeasured: [] };
  if ('outcome' in trial)
    return trial.outcome === 'cancelled'
      ? trial
      : { gains, mutants: undefined, unmeasured: [noMutants(trial)] };
  try {
    return await tryMutants(parts, trial, gains);
  } finally {
    await trial.dispose();
  }
}

function noMutants({ message }: RunEnd): string {
  return `No mutants were tried: ${message}`;
}

async function coverageOf(
  { docket, variants, before: { coverage: before }, own, hasTime }: GainParts,
  test: TestNode,
): Promise<Gain> {
  const nothing = { branches: false, kills: undefined, tried: 0, living: [] };
  const covered = own.get(test);
  if (before === undefined || covered === undefined) return { ...nothing, lines: undefined };
  const lines = gainedLines(covered, before);
  if (lines.length > 0 || !mayTakeBranch(covered, before) || !hasTime()) return { ...nothing, lines };
  // Which way was taken at a condition is counted only: together with the tests before it has to be more.
  const candidates = new Set([...docket.alive].filter((each) => each === test));
  const { coverage } = await variants.run({ candidates, company: 'rest', coverage: 'lines' });
  return { ...nothing, lines, branches: coverage !== undefined && gainedBranches(coverage, before) > 0 };
}

async function tryMutants(
  { docket, file, source, own, signal }: GainParts,
  trial: MutantTrial,
  gains: Map<TestNode, Gain>,
): Promise<Gains | RunEnd> {
  const covered = [...docket.alive].map((test) => sourceCoverage(own.get(test), source));
  const lines = covered.every((each) => each !== undefined)
    ? [...new Set(covered.flatMap((each) => [...(each?.covered ?? [])]))]
    : undefined;
  const existing = await trial.existing(lines, signal);
  if ('outcome' in existing)
    return existing.outcome === 'cancelled'
      ? existing
      : { gains, mutants: undefined, unmeasured: [noMutants(existing)] };
  for (const test of docket.alive) {
    const before = gains.get(test);
    const text = textWithout(file, new Set(file.tests.filter((each) => each !== test)));
    if (before === undefined || text === undefined) continue;
    const coverage = sourceCoverage(own.get(test), source);
    const tests: MutantTests = { files: [file.path], ids: [], ...(coverage && { coverage }) };
    const verdict = await trial.candidate(
      { files: new Map([[file.path, text]]), tests, enough: Number.MAX_SAFE_INTEGER },
      signal,
    );
    if ('outcome' in verdict) {
      if (verdict.outcome === 'cancelled') return verdict;
      return { gains, mutants: existing, unmeasured: [noMutants(verdict)] };
    }
    const judged = verdict.tested.filter(({ fate }) => fate.kind !== 'notRun' && fate.kind !== 'invalid');
    const isCutShort = verdict.tested.length > 0 && judged.length === 0;
    gains.set(test, {
      ...before,
      kills: isCutShort ? undefined : verdict.killed,
      tried: judged.length,
      living: livingOf(judged),
    });
  }
  const isOpen = existing.some(({ fate }) => fate.kind === 'notRun');
  const unmeasured = isOpen
    ? [
        `Of ${existing.length} mutants on the lines that the new tests run, ${scoreMutants(existing).notRun} were not tried within the limits.`,
      ]
    : [];
  return { gains, mutants: existing, unmeasured };
}

function sourceCoverage(
  coverage: readonly FileCoverage[] | undefined,
  source: string,
): SourceCoverage | undefined {
  const file = coverage?.find(({ path }) => path === source);
  if (coverage === undefined) return undefined;
  return { covered: file?.covered ?? [], missed: file?.missed ?? [] };
}

function livingOf(tested: readonly TestedMutant[]): readonly string[] {
  return tested.filter(({ fate }) => fate.kind === 'survived').map(({ mutant }) => mutant.sentence);
}

/** The mutants after tests were kept that kill some of them. */
export function afterKills(
  before: readonly TestedMutant[],
  kills: readonly Mutant[],
): readonly TestedMutant[] {
  const dead = new Set(kills.map(({ id }) => id));
  return before.map((each) =>
    dead.has(each.mutant.id) ? { ...each, fate: { kind: 'killed', by: [] } } : each,
  );
}
