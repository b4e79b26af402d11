import { runChain, type DoneActions } from './actions/runChain.ts';
import { isCommandAction } from '../rules/modelActions.ts';
import { requireApproval } from './requireApproval.ts';
import { cancelled, failed, type RunEnd, type RunScope } from './runScope.ts';

/**
 * One firing from start to end: started, allowed, acted, finished. `done`: what an earlier run of the same did already.
 * Never rejects; a fault of ours ends this run alone.
 * undefined: the run waits for a person's decision on its proposal and is not finished yet.
 */
export async function executeRun(
  scope: RunScope,
  fileDigest: string,
  done?: DoneActions,
): Promise<RunEnd | undefined> {
  const end = await act(scope, fileDigest, done).catch((error: unknown) => faultEnd(scope, error));
  if (!end) return undefined;
  await finishRun(scope, end);
  return end;
}

/** Writes the last event. Where even that cannot be kept, the person still sees it. */
export async function finishRun(
  { recorder, deps }: Pick<RunScope, 'recorder' | 'deps'>,
  end: RunEnd,
): Promise<void> {
  const step = { type: 'run.finished', ...end } as const;
  try {
    await recorder.record(step);
  } catch (error) {
    deps.log.error(`The journal of run ${recorder.run} cannot be written: ${messageOf(error)}`);
    recorder.showOnly(step);
  }
  await recorder.close().catch((error: unknown) => deps.log.warn(`Journal not closed: ${messageOf(error)}`));
}

async function act(
  scope: RunScope,
  fileDigest: string,
  done: DoneActions | undefined,
): Promise<RunEnd | undefined> {
  const { recorder, rule, signal } = scope;
  await recorder.record({
    type: 'run.started',
    rule: rule.name,
    ruleId: rule.id,
    ruleHash: scope.ruleHash,
    action: scope.actions.map(({ type }) => type).join(', '),
    file: scope.file,
    fileDigest,
    cause: scope.cause,
    budget: scope.budget,
    approval: scope.approval,
  });
  const barred = await requireApproval(scope);
  if (barred) return barred;
  if (signal.aborted) return cancelled;
  return runChain(scope, done);
}

function faultEnd(scope: RunScope, error: unknown): RunEnd {
  if (scope.signal.aborted) return cancelled;
  scope.deps.log.error(
    `Run ${scope.recorder.run} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
  );
  const runsCommands = scope.actions.some(({ type }) => isCommandAction(type));
  const left = runsCommands ? 'Look at what its commands changed.' : 'Your files are unchanged.';
  return failed(
    'internal.fault',
    `Codegen Lab failed inside this run: ${messageOf(error)}. ${left} See the log.`,
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
