import type { ProposalAssessment } from '../../protocol/assessment.ts';
import type { ProposedFile } from '../../protocol/runEvents.ts';
import { scanWish } from '../settings.ts';
import { describeAssessment } from './assessing/assessProposal.ts';
import { landsEdits, nobodyAnswers } from './findNobody.ts';
import { acceptParts } from './acceptParts.ts';
import { landProposal } from './landProposal.ts';
import { rejectProposal } from './rejectProposal.ts';
import { askPerson, cancelled, refused, type RunEnd, type RunScope } from './runScope.ts';

/** What a run would change, and what is known of it. */
export interface Offer {
  readonly files: readonly ProposedFile[];
  /** What its tests proved. */
  readonly summary: string;
  readonly assessment: ProposalAssessment;
}

/**
 * Puts what was proven before whoever decides. What installs something, or lets it be installed, is never applied without a
 * person, whatever the approval. undefined: a person is asked, and the run waits without holding anything.
 */
export async function offerProposal(
  scope: RunScope,
  { files, summary: proof, assessment }: Offer,
): Promise<RunEnd | undefined> {
  const { deps, recorder, approval, rule } = scope;
  const summary = [proof, ...describeAssessment(assessment)].join('\n');
  const { held } = assessment;
  if (isWorthTelling(assessment)) await recorder.record({ type: 'proposal.assessed', ...assessment });
  const blocked = scanWish(scope.settings) === 'block' ? blockedBy(scope, assessment) : undefined;
  if (blocked !== undefined) return blocked;
  await recorder.record({ type: 'proposal.ready', files, summary });
  if (approval === 'auto' && held.length === 0)
    return landProposal(scope, { files, by: 'policy', seen: false, title: titleOf(rule) });
  if (!landsEdits(scope))
    return {
      outcome: 'proposed',
      code: 'ok',
      message: `Proven, not written: ${summary} Add --apply to land it, or --ask to be asked.`,
    };
  await recorder.record({ type: 'run.waiting', on: 'decision', message: summary });
  if (deps.interactive) return undefined;
  return held.length > 0 && deps.person === undefined
    ? refused('approval.dependencies', `${needsPerson(rule)}\n${held.join('\n')}`)
    : askAtOnce(scope, { files, summary, assessment });
}

function isWorthTelling({ scans, findings, held }: ProposalAssessment): boolean {
  return scans.length + findings.length + held.length > 0;
}

function needsPerson({ name }: RunScope['rule']): string {
  return `What rule ${name} proposes concerns what is installed, so it lands only after a person has said yes, and nobody can be asked here. Run it in a terminal; or without --apply, which prints the difference for \`git apply\`.`;
}

function blockedBy({ rule }: RunScope, { findings }: ProposalAssessment): RunEnd | undefined {
  const errors = findings.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  if (first === undefined) return undefined;
  const more = errors.length === 1 ? '' : ` and ${errors.length - 1} more`;
  return refused(
    'scan.blocked',
    `What rule ${rule.name} proposes was not offered: ${first.path}:${first.range.start.line + 1}: ${first.message} (${first.code})${more}. The setting codegenLab.generatedCode.scan says that new errors block.`,
  );
}

async function askAtOnce(scope: RunScope, { files, summary, assessment }: Offer): Promise<RunEnd> {
  const { deps, approval, rule, signal } = scope;
  const showsDiff = approval === 'preview' || assessment.held.length > 0;
  const question = { rule: rule.name, summary, files, showsDiff };
  const answer = await askPerson(scope, async () => deps.person?.decide(question, signal));
  if (signal.aborted) return cancelled;
  if (answer === undefined) return nobodyAnswers(scope);
  if (!answer.accept)
    return rejectProposal(
      scope,
      files.map(({ path }) => path),
    );
  const { hunks = [], seen } = answer;
  const acceptance = { files, choice: { hunks }, by: 'person', seen, title: titleOf(rule) } as const;
  const end = await acceptParts(scope, { ...acceptance, unproven: false });
  if (signal.aborted) return cancelled;
  if (!('unproven' in end)) return end;
  const again = { ...question, summary: end.message, files: end.files, isUnproven: true };
  const confirmed = await askPerson(scope, async () => deps.person?.decide(again, signal));
  if (signal.aborted) return cancelled;
  if (confirmed === undefined) return nobodyAnswers(scope);
  if (!confirmed.accept)
    return rejectProposal(
      scope,
      files.map(({ path }) => path),
    );
  const landed = await acceptParts(scope, { ...acceptance, unproven: true });
  return 'unproven' in landed ? cancelled : landed;
}

function titleOf({ name }: RunScope['rule']): string {
  return `Codegen Lab: ${name}`;
}
