import type { OpenRuns } from './openRuns.ts';
import { finishRun } from './executeRun.ts';
import type { RunLedger } from '../journal/runLedger.ts';
import type { RunDeps } from './runScope.ts';

export interface WithdrawParts {
  readonly deps: RunDeps;
  readonly ledger: RunLedger;
  readonly open: OpenRuns;
}

/** Takes back proposals of the same rule on the same file that nobody decided: a newer firing makes a newer one. */
export async function withdrawProposals(
  parts: WithdrawParts,
  root: string,
  ruleId: string,
  file: string,
): Promise<void> {
  const { deps, ledger, open } = parts;
  const older = ledger
    .views()
    .filter(
      (view) =>
        view.waitingOn === 'decision' && view.folder === root && view.ruleId === ruleId && view.file === file,
    );
  for (const view of older) {
    const recorder = open.get(view.run)?.recorder;
    // One of an earlier process stays until the person decides it: its journal is not open here.
    if (!recorder) continue;
    const reason = 'A newer save of the file made a newer run.';
    const rejected = { type: 'proposal.rejected', by: 'policy', reason } as const;
    // Where the journal takes no more, the run still ends on the screens.
    await recorder.record(rejected).catch(() => recorder.showOnly(rejected));
    await finishRun({ recorder, deps }, { outcome: 'rejected', code: 'superseded', message: reason });
    open.end(view.run);
  }
}
