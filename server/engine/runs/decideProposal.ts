import type { RunView } from '../../protocol/viewState.ts';
import type { Decision } from '../engine.ts';
import { finishRun } from './executeRun.ts';
import { landProposal, type LandingScope } from './landProposal.ts';
import { rejectProposal } from './rejectProposal.ts';
import { failed, type RunEnd } from './runScope.ts';

/** A person accepts or rejects a proposal: lands it or lets it go, and finishes the run. Never rejects. */
export async function decideProposal(
  scope: LandingScope,
  view: RunView,
  decision: Decision,
): Promise<RunEnd> {
  const end = await decide(scope, view, decision).catch((error: unknown) =>
    failed(
      'internal.fault',
      `The proposal could not be landed: ${error instanceof Error ? error.message : String(error)}. See the log.`,
    ),
  );
  await finishRun(scope, end);
  return end;
}

async function decide(scope: LandingScope, view: RunView, decision: Decision): Promise<RunEnd> {
  const files = view.files.filter((file) => decision.paths?.includes(file.path) ?? true);
  if (!decision.accept || files.length === 0) {
    return rejectProposal(scope);
  }
  // Who is asked in one line may say yes without having looked; the tests of such an edit stay in the sandbox.
  const seen = view.approval !== 'ask' || decision.seen === true;
  return landProposal(scope, { files, by: 'person', seen, title: `Codegen Lab: ${view.rule}` });
}
