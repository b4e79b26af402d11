import {
  candidateFilters,
  type CandidateReport,
  type CoverageChange,
} from '../../../../protocol/candidates.ts';
import { scoreMutants } from '../../../../protocol/mutants.ts';
import { sentenceWithLine } from '../../../testing/mutation/sentenceWithLine.ts';
import type { UnparsedTest } from '../../../generation/candidates/dropUnparsed.ts';
import type { FileCoverage } from '../../../../protocol/tests.ts';
import { nameOf, type CandidateFile } from './candidateFile.ts';
import type { Docket } from './docket.ts';
import type { OwnCoverage } from './filterReliable.ts';
import { afterKills, type Gains } from './measureGains.ts';

export interface ReportParts {
  readonly file: CandidateFile;
  readonly source: string;
  readonly docket: Docket;
  readonly unparsed: readonly UnparsedTest[];
  readonly redFirst: boolean;
  readonly before: readonly FileCoverage[] | undefined;
  readonly own: OwnCoverage;
  readonly gains: Gains;
  readonly unmeasured: readonly string[];
  readonly cost: { readonly runs: number; readonly ms: number };
}

const maxLiving = 10;

/** What became of the candidates, in the order of the file and of the filters. */
export function reportOf(parts: ReportParts): CandidateReport {
  const { file, docket, unparsed, redFirst, gains, unmeasured, cost } = parts;
  const kept = [...docket.alive];
  const dropped = [...docket.dropped].toSorted(
    ([, one], [, other]) => candidateFilters.indexOf(one.filter) - candidateFilters.indexOf(other.filter),
  );
  const coverage = coverageOf(parts);
  const mutation = mutationOf(parts);
  return {
    path: file.path,
    candidates: file.candidates.size + unparsed.length,
    kept: kept.map((test) => ({
      name: nameOf(test),
      lines: gains.gains.get(test)?.lines?.length,
      kills: gains.gains.get(test)?.kills?.length,
    })),
    dropped: [
      ...unparsed.map(({ name, reason }) => ({ name, filter: 'collects' as const, reason })),
      ...dropped.map(([test, { filter, reason }]) => ({ name: nameOf(test), filter, reason })),
    ],
    redFirst,
    ...(coverage && { coverage }),
    ...(mutation && { mutation }),
    unmeasured,
    ...cost,
  };
}

/** Of the code that the tests are for. */
function coverageOf({ source, before, own, docket }: ReportParts): CoverageChange | undefined {
  if (before === undefined) return undefined;
  const first = before.find(({ path }) => path === source);
  const alone = [...docket.alive].flatMap(
    (test) => own.get(test)?.filter(({ path }) => path === source) ?? [],
  );
  const lines = Math.max(first?.lines ?? 0, ...alone.map((file) => file.lines));
  const covered = new Set([...(first?.covered ?? []), ...alone.flatMap((file) => [...file.covered])]);
  return lines === 0
    ? undefined
    : { path: source, lines, before: first?.covered.length ?? 0, after: covered.size };
}

function mutationOf({ docket, gains: { gains, mutants, text } }: ReportParts): CandidateReport['mutation'] {
  if (mutants === undefined) return undefined;
  const kills = [...docket.alive].flatMap((test) => [...(gains.get(test)?.kills ?? [])]);
  const after = afterKills(mutants, kills);
  return {
    before: scoreMutants(mutants),
    after: scoreMutants(after),
    living: after
      .filter(({ fate }) => fate.kind === 'survived' || fate.kind === 'noCoverage')
      .map(({ mutant }) => sentenceWithLine(mutant, text))
      .slice(0, maxLiving),
  };
}
