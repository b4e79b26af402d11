import type { ProposedFile } from '../../protocol/runEvents.ts';
import { landsEdits, nobodyAnswers } from './findNobody.ts';
import { acceptParts } from './acceptParts.ts';
import { landProposal } from './landProposal.ts';
import { rejectProposal } from './rejectProposal.ts';
import { askPerson, cancelled, type RunEnd, type RunScope } from './runScope.ts';

/**
 * Puts what was proven before whoever decides. undefined: a person is asked, and the run waits without holding anything.
 */
export async function offerProposal(
  scope: RunScope,
  files: readonly ProposedFile[],
  summary: string,
): Promise<RunEnd | undefined> {
  const { deps, recorder, approval, rule } = scope;
  await recorder.record({ type: 'proposal.ready', files, summary });
  if (approval === 'auto')
    return landProposal(scope, { files, by: 'policy', seen: false, title: titleOf(rule) });
  if (!landsEdits(scope))
    return {
      outcome: 'proposed',
      code: 'ok',
      message: `Proven, not written: ${summary} Add --apply to land it, or --ask to be asked.`,
    };
  await recorder.record({ type: 'run.waiting', on: 'decision', message: summary });
  return deps.interactive ? undefined : askAtOnce(scope, files, summary);
}

async function askAtOnce(scope: RunScope, files: readonly ProposedFile[], summary: string): Promise<RunEnd> {
  const { deps, approval, rule, signal } = scope;
  const question = { rule: rule.name, summary, files, showsDiff: approval === 'preview' };
  const answer = await askPerson(scope, async () => deps.person?.decide(question, signal));
  if (signal.aborted) return cancelled;
  if (answer === undefined) return nobodyAnswers(scope);
  if (!answer.accept) return rejectProposal(scope);
  const { hunks = [], seen } = answer;
  const acceptance = { files, choice: { hunks }, by: 'person', seen, title: titleOf(rule) } as const;
  const end = await acceptParts(scope, { ...acceptance, unproven: false });
  if (signal.aborted) return cancelled;
  if (!('unproven' in end)) return end;
  const again = { ...question, summary: end.message, files: end.files, isUnproven: true };
  const confirmed = await askPerson(scope, async () => deps.person?.decide(again, signal));
  if (signal.aborted) return cancelled;
  if (confirmed === undefined) return nobodyAnswers(scope);
  if (!confirmed.accept) return rejectProposal(scope);
  const landed = await acceptParts(scope, { ...acceptance, unproven: true });
  return 'unproven' in landed ? cancelled : landed;
}

function titleOf({ name }: RunScope['rule']): string {
  return `Codegen Lab: ${name}`;
}
