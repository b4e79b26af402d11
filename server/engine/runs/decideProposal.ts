import type { RunView } from '../../protocol/viewState.ts';
import type { Decision } from '../engine.ts';
import { acceptParts, type Unproven } from './acceptParts.ts';
import { finishRun } from './executeRun.ts';
import type { LandingScope } from './landProposal.ts';
import { rejectProposal } from './rejectProposal.ts';
import { failed, type RunEnd } from './runScope.ts';

/**
 * A person accepts or rejects a proposal: lands it or lets it go, and finishes the run. Where parts of it were chosen that
 * are not proven without the others, it waits on. Never rejects.
 */
export async function decideProposal(
  scope: LandingScope,
  view: RunView,
  decision: Decision,
): Promise<RunEnd | Unproven> {
  const end = await decide(scope, view, decision).catch((error: unknown) =>
    failed(
      'internal.fault',
      `The proposal could not be landed: ${error instanceof Error ? error.message : String(error)}. See the log.`,
    ),
  );
  if ('unproven' in end)
    await scope.recorder.record({ type: 'run.waiting', on: 'decision', message: end.message });
  else await finishRun(scope, end);
  return end;
}

async function decide(scope: LandingScope, view: RunView, decision: Decision): Promise<RunEnd | Unproven> {
  if (!decision.accept)
    return rejectProposal(
      scope,
      view.files.map(({ path }) => path),
    );
  return acceptParts(scope, {
    files: view.files,
    choice: decision,
    unproven: decision.unproven ?? false,
    by: 'person',
    // Who is asked in one line may say yes without having looked; the tests of such an edit stay in the sandbox.
    seen: view.approval !== 'ask' || decision.seen === true,
    title: `Codegen Lab: ${view.rule}`,
  });
}
