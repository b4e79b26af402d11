import type { RunRecorder } from '../journal/recordRun.ts';
import type { RunDeps, RunEnd } from './runScope.ts';

export interface RejectionScope {
  readonly deps: Pick<RunDeps, 'rights'>;
  readonly root: string;
  readonly recorder: RunRecorder;
}

/** Lets a proposal go because a person said so. `paths`: what it would have changed. */
export async function rejectProposal(
  { deps, root, recorder }: RejectionScope,
  paths: readonly string[],
): Promise<RunEnd> {
  const person = { kind: 'person' } as const;
  const right = { kind: 'land', paths } as const;
  await deps.rights.note(root, { run: recorder.run, who: person, right, decision: 'denied', by: person });
  const reason = 'You rejected the proposal.';
  await recorder.record({ type: 'proposal.rejected', by: 'person', reason });
  return { outcome: 'rejected', code: 'ok', message: `${reason} No file was changed.` };
}
