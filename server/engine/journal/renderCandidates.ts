import { countDropped, type CandidateReport, type DroppedCandidate } from '../../protocol/candidates.ts';
import { killedShare, type MutationScore } from '../../protocol/mutants.ts';

const maxNamed = 10;

/** The report on generated tests, a line for each thing that it tells. */
export function renderCandidates(report: CandidateReport): readonly string[] {
  const { dropped, runs, ms } = report;
  const [counts = '', ...gains] = summarizeCandidates(report);
  const more = dropped.length > maxNamed ? [`And ${dropped.length - maxNamed} more were dropped.`] : [];
  return [
    counts,
    ...dropped.slice(0, maxNamed).map(renderDropped),
    ...more,
    ...gains,
    `This took ${runs} ${runs === 1 ? 'run' : 'runs'} of the tests beside the mutants, ${Math.ceil(ms / 1_000)} s in all.`,
  ];
}

/** The same in some sentences, the first of which tells how many were kept: no test is named. */
export function summarizeCandidates(report: CandidateReport): readonly string[] {
  const { kept, dropped, candidates, coverage, mutation, unmeasured } = report;
  const counts = countDropped(report);
  const why = counts === '' ? '' : ` (${counts})`;
  return [
    `Of ${candidates} new ${candidates === 1 ? 'test' : 'tests'}, ${kept.length} kept and ${dropped.length} dropped${why}.`,
    ...(coverage === undefined
      ? []
      : [
          `Lines of ${coverage.path} that tests run: ${coverage.before} before, ${coverage.after} now, of ${coverage.lines}.`,
        ]),
    ...(mutation === undefined
      ? []
      : [
          `Mutants that tests kill: ${renderScore(mutation.before)} before, ${renderScore(mutation.after)} now.`,
        ]),
    ...unmeasured,
  ];
}

function renderDropped({ name, reason }: DroppedCandidate): string {
  return `Dropped: "${name}" ${reason}.`;
}

/** `7 of 12 (58 %)`. */
function renderScore(score: MutationScore): string {
  const { killed, survived, noCoverage } = score;
  const share = killedShare(score);
  return `${killed} of ${killed + survived + noCoverage}${share === undefined ? '' : ` (${Math.round(share * 100)} %)`}`;
}
