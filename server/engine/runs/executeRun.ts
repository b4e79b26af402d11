import { generateTests } from './generateTests.ts';
import { requireApproval } from './requireApproval.ts';
import { cancelled, failed, refused, type RunEnd, type RunScope } from './runScope.ts';

/**
 * One firing from start to end: started, allowed, acted, finished. Never rejects; a fault of ours ends this run alone.
 * undefined: the run waits for a person's decision on its proposal and is not finished yet.
 */
export async function executeRun(scope: RunScope, fileDigest: string): Promise<RunEnd | undefined> {
  const end = await act(scope, fileDigest).catch((error: unknown) => faultEnd(scope, error));
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

async function act(scope: RunScope, fileDigest: string): Promise<RunEnd | undefined> {
  const { recorder, rule, signal } = scope;
  await recorder.record({
    type: 'run.started',
    rule: rule.name,
    ruleId: rule.id,
    ruleHash: scope.ruleHash,
    action: scope.action.type,
    file: scope.file,
    fileDigest,
    cause: scope.cause,
    budget: scope.budget,
    approval: scope.approval,
  });
  const barred = await requireApproval(scope);
  if (barred) return barred;
  if (signal.aborted) return cancelled;
  if (scope.action.type === 'generate_tests') return generateTests(scope);
  return refused(
    'action.not-available',
    `The action ${scope.action.type} is not available in this version; use generate_tests, or remove it from the rule.`,
  );
}

function faultEnd(scope: RunScope, error: unknown): RunEnd {
  if (scope.signal.aborted) return cancelled;
  scope.deps.log.error(
    `Run ${scope.recorder.run} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
  );
  return failed(
    'internal.fault',
    `Codegen Lab failed inside this run: ${messageOf(error)}. Your files are unchanged. See the log.`,
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
