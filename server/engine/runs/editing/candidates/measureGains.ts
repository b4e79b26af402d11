import { scoreMutants, type Mutant, type TestedMutant } from '../../../../protocol/mutants.ts';
import type { FileCoverage, TestCase, TestLines } from '../../../../protocol/tests.ts';
import type { TestNode } from '../../../generation/candidates/findTestNodes.ts';
import { sentenceWithLine } from '../../../testing/mutation/sentenceWithLine.ts';
import type { MutantCopies } from '../../mutating/mutantCopies.ts';
import type {
  CandidateGroup,
  CandidateTest,
  CopyLayer,
  MutantTrial,
  SourceCoverage,
} from '../../mutating/mutationTypes.ts';
import type { RunEnd } from '../../runScope.ts';
import { testsOf } from '../../testFiles.ts';
import { isRed } from '../judgeProof.ts';
import { textWithout, type CandidateFile } from './candidateFile.ts';
import { gainedBranches, gainedLines, mayTakeBranch } from './coverageGain.ts';
import type { Docket } from './docket.ts';
import type { Gain } from './filterGain.ts';
import type { OwnCoverage } from './filterReliable.ts';
import { matchCases } from './matchCases.ts';
import type { Variants } from './variants.ts';

/** Opens the trial for tests that were there before; a run end says why there is none. */
export type OpenTrial = (order: TrialOrder) => Promise<MutantTrial | RunEnd | undefined>;

export interface TrialOrder {
  readonly before: Before;
  readonly maxSeconds: number;
  /** undefined: the trial makes its own. */
  readonly copies: MutantCopies | undefined;
}

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
  readonly copies: MutantCopies | undefined;
  readonly hasTime: () => boolean;
  readonly secondsLeft: () => number;
  readonly signal: AbortSignal;
}

export interface Gains {
  readonly gains: ReadonlyMap<TestNode, Gain>;
  /** Of the tests before; undefined: not measured. */
  readonly mutants: readonly TestedMutant[] | undefined;
  /** The text that they change; empty where there are none. */
  readonly text: string;
  readonly unmeasured: readonly string[];
}

/** What each candidate adds in covered code and in mutants that die. */
export async function measureGains(parts: GainParts): Promise<Gains | RunEnd> {
  const { docket } = parts;
  const gains = new Map<TestNode, Gain>();
  const found = await Promise.all(
    [...docket.alive].map(async (test) => [test, await coverageOf(parts, test)] as const),
  );
  for (const [test, gain] of found) gains.set(test, gain);
  if (docket.alive.size === 0) return { gains, mutants: undefined, text: '', unmeasured: [] };
  const { before, copies } = parts;
  const trial = await parts.openTrial({ before, copies, maxSeconds: parts.secondsLeft() });
  if (trial === undefined) return { gains, mutants: undefined, text: '', unmeasured: [] };
  if ('outcome' in trial)
    return trial.outcome === 'cancelled'
      ? trial
      : { gains, mutants: undefined, text: '', unmeasured: [noMutants(trial)] };
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
  const nothing = {
    ...{ branches: false, kills: undefined, tried: 0, dead: 0, living: [] },
    ...{ late: 0, lateBranches: false },
  };
  const covered = own.get(test);
  if (before === undefined || covered === undefined) return { ...nothing, lines: undefined };
  const lines = gainedLines(covered, before);
  if (lines.length > 0 || !mayTakeBranch(covered, before)) return { ...nothing, lines };
  if (!hasTime()) return { ...nothing, lines, lateBranches: true };
  // Which way was taken at a condition is counted only: together with the tests before it has to be more.
  const candidates = new Set([...docket.alive].filter((each) => each === test));
  const { coverage } = await variants.run({ candidates, company: 'rest', coverage: 'perTest' });
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
      : { gains, mutants: undefined, text: '', unmeasured: [noMutants(existing)] };
  const group = groupOf(docket, file, own, source);
  const verdicts = await trial.candidates(group, signal);
  if ('outcome' in verdicts)
    return verdicts.outcome === 'cancelled'
      ? verdicts
      : { gains, mutants: existing, text: trial.text, unmeasured: [noMutants(verdicts)] };
  for (const candidate of group.tests) {
    const before = gains.get(candidate.node);
    if (before === undefined) continue;
    const { tested, killed, late } = verdicts.get(candidate) ?? { tested: [], killed: [], late: 0 };
    const judged = tested.filter(({ fate }) => fate.kind !== 'notRun' && fate.kind !== 'invalid');
    const isCutShort = judged.length === 0 && (tested.length > 0 || late > 0);
    gains.set(candidate.node, {
      ...before,
      kills: isCutShort ? undefined : killed,
      tried: judged.length,
      dead: countDead(existing),
      living: livingOf(judged, trial.text),
      late,
    });
  }
  const isOpen = existing.some(({ fate }) => fate.kind === 'notRun');
  const unmeasured = isOpen
    ? [
        `Of ${existing.length} mutants on the lines that the new tests run, ${scoreMutants(existing).notRun} were not tried within codegenLab.generatedTests.maxMutants and .maxSeconds.`,
      ]
    : [];
  return { gains, mutants: existing, text: trial.text, unmeasured };
}

interface Candidate extends CandidateTest {
  readonly node: TestNode;
}

/** Those that are still in question, as a file of their own. */
function groupOf(
  docket: Docket,
  file: CandidateFile,
  own: OwnCoverage,
  source: string,
): CandidateGroup & { readonly tests: readonly Candidate[] } {
  const { alive } = docket;
  const layerOf = (kept: ReadonlySet<TestNode>): CopyLayer =>
    new Map([[file.path, textWithout(file, new Set(file.tests.filter((test) => !kept.has(test)))) ?? '']]);
  const tests = [...alive].map((node): Candidate => {
    const coverage = sourceCoverage(own.get(node), source);
    return { node, alone: layerOf(new Set([node])), ...(coverage && { coverage }) };
  });
  return {
    together: layerOf(alive),
    files: [file.path],
    tests,
    redIn: (outcome) => {
      const cases = testsOf(outcome).filter(({ path }) => path === undefined || path === file.path);
      return redNodes(file, cases).flatMap((node) => tests.filter((each) => each.node === node));
    },
  };
}

/** In the order in which the report has them. */
function redNodes({ parsed, tests }: CandidateFile, cases: readonly TestCase[]): readonly TestNode[] {
  // Lines are those of a text without some tests: only names tell.
  const nameless = cases.filter(isRed).map(({ line: _line, ...rest }): TestCase => rest);
  const nodes = nameless.flatMap((each) =>
    [...matchCases(parsed, tests, [each]).ends].flatMap(([node, { kind }]) =>
      kind === 'failed' ? [node] : [],
    ),
  );
  return [...new Set(nodes)];
}

function sourceCoverage(
  coverage: readonly FileCoverage[] | undefined,
  source: string,
): SourceCoverage | undefined {
  const file = coverage?.find(({ path }) => path === source);
  if (coverage === undefined) return undefined;
  return { covered: file?.covered ?? [], missed: file?.missed ?? [] };
}

/** 0 where some were not tried: nobody knows then what is left. */
function countDead(existing: readonly TestedMutant[]): number {
  const { killed, notRun } = scoreMutants(existing);
  return notRun > 0 ? 0 : killed;
}

function livingOf(tested: readonly TestedMutant[], text: string): readonly string[] {
  return tested
    .filter(({ fate }) => fate.kind === 'survived')
    .map(({ mutant }) => sentenceWithLine(mutant, text));
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
