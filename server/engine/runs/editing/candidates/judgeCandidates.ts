import type { CandidateReport } from '../../../../protocol/candidates.ts';
import type { TestCase, TestRunOutcome } from '../../../../protocol/tests.ts';
import type { UnparsedTest } from '../../../generation/candidates/dropUnparsed.ts';
import { judgeHygiene } from '../../../generation/candidates/hygiene/judgeHygiene.ts';
import type { TestGaps } from '../../../generation/promptInput.ts';
import type { TestNode } from '../../../generation/candidates/findTestNodes.ts';
import { openMutantCopies, type MutantCopies } from '../../mutating/mutantCopies.ts';
import type { CopyLayer } from '../../mutating/mutationTypes.ts';
import { findGaps } from '../findGaps.ts';
import { cancelled, type RunEnd, type RunScope } from '../../runScope.ts';
import { readTests, textWithout } from './candidateFile.ts';
import { Docket } from './docket.ts';
import { filterGain, filterRepeated, type Gain } from './filterGain.ts';
import { filterPassing } from './filterPassing.ts';
import { filterReliable } from './filterReliable.ts';
import { measureGains, type OpenTrial } from './measureGains.ts';
import { tellOutOfTime } from './outOfTime.ts';
import { reportOf } from './reportOf.ts';
import { createVariants, type VariantParts } from './variants.ts';

export interface JudgeParts extends Omit<VariantParts, 'layer'> {
  /** The code that the tests are for. */
  readonly source: string;
  readonly baseline: readonly TestCase[];
  readonly redFirst: boolean;
  readonly repetitions: number;
  readonly maxSeconds: number;
  readonly openTrial: OpenTrial;
  /** Tests of the answer that the file does not hold any more. */
  readonly unparsed: readonly UnparsedTest[];
  /** What earlier actions of the run edited. */
  readonly layer: () => Promise<CopyLayer>;
}

export interface Judged {
  /** The file with the tests that are kept. */
  readonly text: string;
  readonly report: CandidateReport;
  /** What failed of tests that were dropped for it. */
  readonly failed: readonly TestCase[];
  /** What no test ran before of the code; undefined: that is not known, or all of it ran. */
  readonly gaps: TestGaps | undefined;
}

/**
 * Sends each new test of a file through the filters. Hygiene comes first, since it is judged on the tree and costs no process:
 * what is dropped for it never runs.
 */
export async function judgeCandidates(scope: RunScope, parts: JudgeParts): Promise<Judged | RunEnd> {
  const started = scope.deps.clock.now();
  const docket = new Docket(parts.file.candidates);
  await dropUnclean(scope, parts, docket);
  const { where, tree } = parts;
  // What is not confined runs in the one copy that a person let it run in.
  const copies =
    where.confined && docket.alive.size > 0
      ? await openMutantCopies(scope, { wanted: docket.alive.size, own: tree }, scope.signal)
      : undefined;
  if (copies !== undefined && 'outcome' in copies) return copies;
  try {
    return await judgeIn(scope, { ...parts, docket, copies, started });
  } finally {
    await copies?.dispose();
  }
}

interface JudgeWork extends JudgeParts {
  readonly docket: Docket;
  readonly copies: MutantCopies | undefined;
  /** Milliseconds of the clock. */
  readonly started: number;
}

async function judgeIn(scope: RunScope, parts: JudgeWork): Promise<Judged | RunEnd> {
  const { deps } = scope;
  const { file, redFirst, baseline, repetitions, maxSeconds, source, docket, copies, started } = parts;
  const hasTime = (): boolean => deps.clock.now() - started < maxSeconds * 1_000 && !scope.signal.aborted;
  const variants = createVariants(scope, { ...parts, layer: await parts.layer() }, copies);

  // What the file imports runs with it: that is nothing that a candidate adds. Go builds no file with an import that is not used.
  const order = {
    candidates: new Set<TestNode>(),
    company: 'rest',
    keepsOrphans: file.parsed.language !== 'go',
  } as const;
  const before =
    docket.alive.size === 0 || redFirst
      ? undefined
      : await variants.run({ ...order, coverage: 'perTest', watched: true });
  const isMeasured = before?.coverage !== undefined;
  const together = await filterPassing({ docket, variants, baseline, redFirst, hasTime });
  if ('outcome' in together) return together;
  const written = new Set([...together].filter((path) => before?.written.includes(path) === false));
  const own = await filterReliable({
    docket,
    variants,
    redFirst,
    repetitions,
    hasTime,
    coverage: isMeasured,
    written,
  });
  if ('outcome' in own) return own;
  // What was not run because somebody stopped the run is not what came of it.
  if (scope.signal.aborted) return cancelled;
  const gains = redFirst
    ? { gains: new Map<TestNode, Gain>(), mutants: undefined, text: '', unmeasured: [] }
    : await measureGains({
        ...parts,
        docket,
        variants,
        before: { coverage: before?.coverage, perTest: before?.perTest },
        own,
        hasTime,
        secondsLeft: () => Math.max(1, maxSeconds - (deps.clock.now() - started) / 1_000),
        signal: scope.signal,
      });
  if ('outcome' in gains) return gains;
  filterGain(docket, gains.gains);
  filterRepeated(docket, file, gains.gains, own);
  const late = tellOutOfTime([...docket.dropped.values()], maxSeconds);
  const unmeasured = [
    ...(before !== undefined && !isMeasured ? [noCoverage(before.outcome)] : []),
    ...gains.unmeasured,
    ...(late === undefined ? [] : [late]),
  ];
  const text = textWithout(file, new Set(docket.dropped.keys())) ?? file.parsed.text;
  const cost = { runs: variants.runs, ms: deps.clock.now() - started };
  const report = reportOf({
    file,
    source,
    docket,
    unparsed: parts.unparsed,
    redFirst,
    before: before?.coverage,
    own,
    gains,
    unmeasured,
    cost,
  });
  const failed = [...docket.dropped.values()].flatMap((drop) => drop.failed ?? []);
  return { text, report, failed, gaps: findGaps(before?.coverage, source) };
}

/** Also of tests that stand in the other files of the same code. */
async function dropUnclean({ deps, signal }: RunScope, parts: JudgeParts, docket: Docket): Promise<void> {
  const { file, rest, tree } = parts;
  const existing = await Promise.all(
    rest.map(async (path) => {
      const text = await tree.original(path);
      const read = text === undefined ? undefined : await readTests(deps.syntax, path, text, signal);
      return read === undefined ? [] : [{ path, ...read }];
    }),
  );
  const found = judgeHygiene(file.parsed, file.tests, file.candidates, existing.flat());
  for (const [test, { reason }] of found) docket.drop(test, { filter: 'hygiene', reason });
}

function noCoverage(outcome: TestRunOutcome): string {
  const why = 'message' in outcome ? outcome.message : 'the runner reported none.';
  return `Coverage was not measured: ${why}`;
}
