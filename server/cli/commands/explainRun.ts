import type { RunFinished, RunStarted } from '../../protocol/runEvents.ts';
import { pathShower, type CommandContext } from '../commandContext.ts';
import { exitCodes, type ExitCode } from '../exitCodes.ts';
import { usageError, type UsageError } from '../invocation.ts';
import { plainLine } from '../render/plainText.ts';
import { renderJson } from '../render/renderJson.ts';
import { findStoredRun } from './findStoredRun.ts';

/** `codegen-lab explain --run ID`: why a run happened and how it ended, from its journal alone. */
export async function explainRun(
  { run, json }: { readonly run: string; readonly json: boolean },
  context: CommandContext,
  signal: AbortSignal,
): Promise<ExitCode | UsageError> {
  const found = await findStoredRun(run, context);
  if (signal.aborted) return exitCodes.cancelled;
  if ('problem' in found) return usageError('explain', found.problem);
  const { journal } = found;
  const started = journal.events.find((event) => event.type === 'run.started');
  if (!journal.trusted || started === undefined)
    return usageError(
      'explain',
      `Run ${journal.run} was not written by this machine, or its journal is damaged.`,
    );
  const finished = journal.events.find((event) => event.type === 'run.finished');
  const { output } = context;
  output.stdout(
    json
      ? renderJson(toDocument(journal.run, started, finished))
      : renderRun(journal.run, { started, finished }, context),
  );
  return exitCodes.good;
}

function placeOf({ cause }: RunStarted): { path: string; line: number; column: number } | null {
  const place = cause.decision?.place;
  return place === undefined ? null : { path: place.path, line: place.line + 1, column: place.character + 1 };
}

function toDocument(run: string, started: RunStarted, finished: RunFinished | undefined): object {
  const { rule, ruleId, file, cause } = started;
  return {
    run,
    id: ruleId,
    name: rule,
    file,
    event: cause.event,
    origin: cause.origin,
    depth: cause.depth,
    reason: reasonOf(started),
    place: placeOf(started),
    outcome: finished?.outcome ?? null,
    code: finished?.code ?? null,
    message: finished?.message ?? null,
  };
}

function reasonOf({ cause }: RunStarted): string | null {
  return cause.decision?.reason ?? (cause.event === 'manual' ? 'it was run by hand' : null);
}

function renderRun(
  run: string,
  { started, finished }: { readonly started: RunStarted; readonly finished: RunFinished | undefined },
  context: CommandContext,
): string {
  const paint = context.paints.stdout;
  const { rule, action, file, cause } = started;
  const showPath = pathShower(context);
  const place = placeOf(started);
  const at = place === null ? '' : ` ${paint.dim(`${showPath(place.path)}:${place.line}:${place.column}`)}`;
  const who = cause.depth === 0 ? cause.origin : `${cause.origin}, ${cause.depth} runs deep`;
  const end = finished === undefined ? 'It has not ended.' : `${finished.outcome}: ${finished.message}`;
  return [
    `${paint.bold(run)} ${plainLine(`${rule || action} on ${showPath(file)}`)}\n`,
    `${paint.dim('event')}    ${plainLine(cause.event)} (${who})\n`,
    `${paint.dim('because')}  ${plainLine(reasonOf(started) ?? 'its journal does not say')}${at}\n`,
    `${paint.dim('end')}      ${plainLine(end)}\n`,
  ].join('');
}
