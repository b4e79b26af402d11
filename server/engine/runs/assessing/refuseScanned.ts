import type { ProposedFile } from '../../../protocol/runEvents.ts';
import { buildRefusalMessage } from '../../generation/buildFixPrompt.ts';
import { scanWish } from '../../settings.ts';
import type { Try } from '../editing/proofParts.ts';
import type { SendBack } from '../editing/sendBack.ts';
import type { RunScope } from '../runScope.ts';
import { scanProposal } from './scanProposal.ts';

/**
 * Where new errors of scanners block, an edit that brings some in goes back to the model with them. Leaves the edit in the copy.
 * undefined: it may go on.
 */
export async function refuseScanned(
  scope: RunScope,
  { attempt, task: { targets, form }, tree, confinement }: Try,
  files: readonly ProposedFile[],
): Promise<SendBack | undefined> {
  if (scanWish(scope.settings) !== 'block') return undefined;
  const { findings } = await scanProposal(scope, files, { tree, confinement });
  const refusals = findings
    .filter(({ severity }) => severity === 'error')
    .map(({ path, range, message, code }) => ({
      gate: 'scan',
      path,
      reason: `line ${range.start.line + 1} brings in what a security scanner refuses: ${message} (${code})`,
    }));
  const [first] = refusals;
  if (first === undefined) return undefined;
  for (const refusal of refusals) await scope.recorder.record({ type: 'edit.refused', attempt, ...refusal });
  return { sendBack: buildRefusalMessage({ refusals, targets, form }), reason: first.reason, red: 0 };
}
