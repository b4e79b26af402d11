import { buildDroppedMessage } from '../../../generation/buildDroppedMessage.ts';
import { summarizeCandidates } from '../../../journal/renderCandidates.ts';
import { candidateLimits } from '../../../settings.ts';
import type { TestPlan } from '../../planTests.ts';
import { failed, type RunEnd, type RunScope } from '../../runScope.ts';
import type { Where } from '../../testFiles.ts';
import type { Try } from '../proofParts.ts';
import type { Edited } from '../readEdits.ts';
import type { SendBack } from '../sendBack.ts';
import { readCandidates } from './candidateFile.ts';
import { judgeCandidates, type Judged } from './judgeCandidates.ts';
import { tellOutOfTime } from './outOfTime.ts';

export interface NewTests {
  readonly edit: Edited;
  /** Test files that concern the code, those of the edit among them. */
  readonly concerned: readonly string[];
  readonly plan: TestPlan;
  readonly where: Where;
}

/** The edit with the tests that are kept, and what is said of the others. */
export interface KeptTests {
  readonly kept: Edited;
  /** Sentences. */
  readonly told: readonly string[];
}

/** Judges the new tests of an edit one by one, where that is asked for and they can be told apart. */
export async function judgeNewTests(
  scope: RunScope,
  parts: Try,
  { edit, concerned, plan, where }: NewTests,
): Promise<KeptTests | RunEnd | SendBack> {
  const { candidates, tree, attempt, baseline } = parts;
  const [file, ...others] = edit.files;
  const asIs = { kept: edit, told: [] };
  if (candidates === undefined || file === undefined || others.length > 0) return asIs;
  const read = await readCandidates(scope.deps.syntax, file, scope.signal);
  if (read === undefined)
    return {
      kept: edit,
      told: [`The new tests of ${file.path} cannot be told apart here, so they were judged as a whole.`],
    };
  if (read.candidates.size === 0) return asIs;
  await scope.recorder.record({
    type: 'candidates.started',
    attempt,
    path: file.path,
    candidates: read.candidates.size + (edit.unparsed?.length ?? 0),
  });
  const judged = await judgeCandidates(scope, {
    ...candidates,
    ...candidateLimits(scope.settings),
    attempt,
    plan,
    tree,
    where,
    baseline,
    file: read,
    rest: concerned.filter((path) => path !== file.path),
    unparsed: edit.unparsed ?? [],
  });
  if ('outcome' in judged) return judged;
  const { report } = judged;
  await scope.recorder.record({ type: 'candidates.judged', attempt, report });
  if (report.kept.length === 0) {
    // Another answer would have no more time.
    const late = tellOutOfTime(report.dropped, candidateLimits(scope.settings).maxSeconds);
    return late === undefined
      ? noneKept(scope, parts, judged)
      : failed('proof.no-time', `No new test was kept. ${late}`);
  }
  return {
    kept: { ...edit, files: [{ ...file, after: judged.text }] },
    told: summarizeCandidates(report),
  };
}

async function noneKept(
  { root }: RunScope,
  { tree, task: { targets, form }, candidates }: Try,
  judged: Judged,
): Promise<SendBack> {
  const { report, failed: red, gaps } = judged;
  const roots = [root, tree.location];
  const path = candidates?.source ?? '';
  const source = { path, text: (await tree.original(path)) ?? '' };
  const [first] = report.dropped;
  const why = first === undefined ? '' : ` ${first.name} ${first.reason}.`;
  return {
    sendBack: buildDroppedMessage({ report, failed: red, gaps, source, roots, targets, form }),
    reason: `${report.candidates === 1 ? 'The new test was not kept' : `None of the ${report.candidates} new tests was kept`}.${why}`,
    red: red.length,
  };
}
