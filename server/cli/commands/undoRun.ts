import type { CommandContext } from '../commandContext.ts';
import { exitCodes, type ExitCode } from '../exitCodes.ts';
import { usageError, type UndoInvocation, type UsageError } from '../invocation.ts';
import { plainLine } from '../render/plainText.ts';
import { renderJson } from '../render/renderJson.ts';
import { findStoredRun } from './findStoredRun.ts';

/** `codegen-lab undo RUN`: takes back what a run changed, and names what it leaves. */
export async function undoRun(
  { run, json }: UndoInvocation,
  context: CommandContext,
  signal: AbortSignal,
): Promise<ExitCode | UsageError> {
  const { engine, root, output, paints } = context;
  const found = await findStoredRun(run, context);
  if (signal.aborted) return exitCodes.cancelled;
  if ('problem' in found) return usageError('undo', found.problem);
  const { ok, message, ...undone } = await engine.undo(root, found.journal.run, signal);
  if (signal.aborted && !ok) return exitCodes.cancelled;
  if (json) {
    const { run: by = null, restored, left } = undone;
    output.stdout(renderJson({ run: found.journal.run, ok, by, message, restored, left }));
  } else {
    const paint = paints.stderr;
    const title = ok ? paint.green('Undone') : paint.red('Not undone');
    const hint = undone.run === undefined ? '' : `  Take that back with: codegen-lab undo ${undone.run}\n`;
    output.stderr(`${title}: ${plainLine(message)}\n${hint}`);
  }
  if (!ok) return exitCodes.refused;
  return undone.left.length === 0 ? exitCodes.good : exitCodes.findings;
}
