import type { RunRecorder } from '../journal/recordRun.ts';
import type { RunEnd } from './runScope.ts';

/** Lets a proposal go because a person said so. */
export async function rejectProposal({ recorder }: { readonly recorder: RunRecorder }): Promise<RunEnd> {
  const reason = 'You rejected the proposal.';
  await recorder.record({ type: 'proposal.rejected', by: 'person', reason });
  return { outcome: 'rejected', code: 'ok', message: `${reason} No file was changed.` };
}
