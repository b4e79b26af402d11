import type { ProposedFile } from '../../protocol/runEvents.ts';
import { landsEdits, nobodyAnswers } from './findNobody.ts';
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
  return landProposal(scope, { files, by: 'person', seen: answer.seen, title: titleOf(rule) });
}

function titleOf({ name }: RunScope['rule']): string {
  return `Codegen Lab: ${name}`;
}
