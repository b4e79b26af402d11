import type { ProposalTexts } from '../../protocol/proposals.ts';
import type { RunView } from '../../protocol/viewState.ts';
import { findHunks } from '../documents/hunks.ts';

/** What a run proposes, with the hunks that can be taken one by one; undefined: it proposes nothing, or is not known any more. */
export function readProposal(view: RunView | undefined): ProposalTexts | undefined {
  if (view === undefined || view.files.length === 0) return undefined;
  return {
    files: view.files.map((file) => ({ ...file, hunks: findHunks(file.before, file.after) })),
    title: `Codegen Lab: ${view.rule} on ${view.file}`,
  };
}
