import type { ProposedFile } from '../../protocol/runEvents.ts';
import { landProposal } from './landProposal.ts';
import type { RunEnd, RunScope } from './runScope.ts';

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
  if (approval === 'auto' || deps.acceptsUnseen === true)
    return landProposal(scope, { files, by: 'policy', title: `Codegen Lab: ${rule.name}` });
  if (!deps.interactive)
    return {
      outcome: 'proposed',
      code: 'ok',
      message: `Proven, not written: ${summary} Add --apply to land it.`,
    };
  await recorder.record({ type: 'run.waiting', on: 'decision', message: summary });
  return undefined;
}
