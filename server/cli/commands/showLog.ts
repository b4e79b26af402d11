import { foldRun } from '../../engine/journal/foldRun.ts';
import type { CommandContext } from '../commandContext.ts';
import { exitCodes, type ExitCode } from '../exitCodes.ts';
import { usageError, type UsageError } from '../invocation.ts';
import { plainLine } from '../render/plainText.ts';
import { renderJson } from '../render/renderJson.ts';
import { costOf, renderCost, renderCounts, renderUsage } from '../render/renderRun.ts';
import { renderTable } from '../render/renderTable.ts';
import { renderEntry } from '../timeline.ts';
import { findStoredRun, type StoredRun } from './findStoredRun.ts';

const listedRuns = 50;

/** `clctl log`: what the journals of the folder tell. Reads them alone: no run is brought back or ended by looking. */
export async function showLog(
  { run, json }: { readonly run: string | undefined; readonly json: boolean },
  context: CommandContext,
  signal: AbortSignal,
): Promise<ExitCode | UsageError> {
  const { journals, root, output } = context;
  if (run === undefined) {
    const stored = await journals.recent(root, listedRuns);
    if (signal.aborted) return exitCodes.cancelled;
    const runs = stored.map((journal) => ({ journal, view: foldRun(root, journal.events) }));
    output.stdout(json ? renderJson(runs.map(toRow)) : renderList(runs, context));
    return exitCodes.good;
  }
  const only = await findStoredRun(run, context);
  if (signal.aborted) return exitCodes.cancelled;
  if ('problem' in only) return usageError('ctl log', only.problem);
  output.stdout(
    json ? renderJson({ ...toRow(only), timeline: only.view?.timeline ?? [] }) : renderOne(only, context),
  );
  return exitCodes.good;
}

function stateOf({ journal, view }: StoredRun): string {
  if (journal.damaged) return 'damaged';
  if (!journal.trusted) return 'foreign';
  if (view?.outcome) return view.outcome;
  if (journal.owned) return 'running';
  return view?.waitingOn === 'decision' ? 'undecided' : 'interrupted';
}

function toRow(stored: StoredRun): object {
  const { journal, view } = stored;
  return {
    run: journal.run,
    state: stateOf(stored),
    trusted: journal.trusted,
    rule: view?.rule ?? null,
    action: view?.action ?? null,
    file: view?.file ?? null,
    code: view?.code ?? null,
    message: view?.message ?? null,
    startedAt: timeOf(view?.startedAt),
    endedAt: timeOf(view?.endedAt),
    model: view?.model ?? null,
    tests: { before: view?.testsBefore ?? null, after: view?.testsAfter ?? null },
    usage: view?.usage ?? null,
    cost: view ? costOf(view) : null,
  };
}

function timeOf(at: number | undefined): string | null {
  return at === undefined ? null : new Date(at).toISOString();
}

function renderList(runs: readonly StoredRun[], { paints }: CommandContext): string {
  if (runs.length === 0) return 'No rule has run here yet.\n';
  const rows = runs.map((stored) => {
    const { journal, view } = stored;
    const began = timeOf(view?.startedAt)?.replace('T', ' ').slice(0, 19) ?? '';
    const what = view ? plainLine(`${view.rule || view.action} ${view.file}`) : '';
    const cost = view ? renderCost(costOf(view)) : '';
    return [journal.run, began, stateOf(stored), cost, what];
  });
  return renderTable(['RUN', 'BEGAN (UTC)', 'STATE', 'COST', 'RULE AND FILE'], rows, paints.stdout);
}

function renderOne(stored: StoredRun, { paints }: CommandContext): string {
  const { journal, view } = stored;
  const paint = paints.stdout;
  const title = `${paint.bold(journal.run)} ${stateOf(stored)}`;
  if (!view)
    return `${title}\nThis machine did not write the journal, or it is damaged: its steps are not shown.\n`;
  const facts = [
    `tests before ${renderCounts(view.testsBefore)}; after ${renderCounts(view.testsAfter)}`,
    `tokens ${renderUsage(view.usage)}`,
    `cost ${renderCost(costOf(view))}`,
  ];
  const entries = view.timeline.map((entry) => renderEntry(entry, view.startedAt, paint));
  const head = plainLine(`${view.rule || view.action} on ${view.file}: ${view.message}`);
  return `${title}\n${head}\n${entries.join('')}${facts.map((fact) => `${paint.dim(fact)}\n`).join('')}`;
}
