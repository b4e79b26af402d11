import type { LatencyRow, UsageGrouping, UsageReport, UsageRow } from '../../protocol/usageReport.ts';
import type { CommandContext } from '../commandContext.ts';
import { exitCodes, type ExitCode } from '../exitCodes.ts';
import { plainLine } from '../render/plainText.ts';
import { renderJson } from '../render/renderJson.ts';
import { renderTable } from '../render/renderTable.ts';

export interface UsageWords {
  readonly json: boolean;
  readonly by: UsageGrouping;
  readonly latency: boolean;
}

/** `clctl usage`: what calls of models took and cost, or how long answers take. */
export async function showUsage(
  { json, by, latency }: UsageWords,
  context: CommandContext,
  signal: AbortSignal,
): Promise<ExitCode> {
  const { engine, root, output } = context;
  const report = await engine.models().usage(root);
  if (signal.aborted) return exitCodes.cancelled;
  if (json) output.stdout(renderJson(report));
  else output.stdout(latency ? renderLatency(report, context) : renderUsage(report, by, context));
  return exitCodes.good;
}

function renderUsage(
  { runs, total, by }: UsageReport,
  grouping: UsageGrouping,
  context: CommandContext,
): string {
  if (total.calls === 0) return `No model was asked in the last ${runs} runs.\n`;
  const header = [grouping.toUpperCase(), 'CALLS', 'FAILED', 'TOKENS IN', 'TOKENS OUT', 'COST'];
  const rows = [...by[grouping], { ...total, name: 'total' }].map(cellsOf);
  return renderTable(header, rows, context.paints.stdout);
}

function cellsOf(row: UsageRow): readonly string[] {
  const about = row.estimated ? '~' : '';
  return [
    plainLine(row.name),
    String(row.calls),
    String(row.failed),
    `${about}${row.input + row.cacheRead + row.cacheWrite}`,
    `${about}${row.output}`,
    `$${row.usd.toFixed(4)}${row.unknownPrice ? ' and an unknown part' : ''}`,
  ];
}

function renderLatency({ latency, target, runs }: UsageReport, { paints }: CommandContext): string {
  if (latency.length === 0) return `No model answered in the last ${runs} runs.\n`;
  const header = ['ROLE', 'PROVIDER', 'ANSWERS', 'FIRST P50', 'P90', 'P99', 'TOTAL P50', 'P90', 'P99'];
  const targets = [
    ...targetLine('first token', target.firstTokenMs, latency, 'firstToken'),
    ...targetLine('whole answer', target.totalMs, latency, 'total'),
  ];
  return (
    renderTable(header, latency.map(timesOf), paints.stdout) + targets.map((line) => `${line}\n`).join('')
  );
}

function timesOf({ role, provider, answers, firstToken, total }: LatencyRow): readonly string[] {
  const times = [firstToken.p50, firstToken.p90, firstToken.p99, total.p50, total.p90, total.p99];
  return [plainLine(role), plainLine(provider), String(answers), ...times.map((ms) => `${ms} ms`)];
}

function targetLine(
  what: string,
  ms: number,
  latency: readonly LatencyRow[],
  field: 'firstToken' | 'total',
): readonly string[] {
  if (ms === 0) return [];
  const missed = latency.filter((row) => row[field].p90 > ms).length;
  const kept = missed === 0 ? 'all keep it' : `${missed} of ${latency.length} miss it`;
  return [`Target of the ${what}: ${ms} ms at p90; ${kept}.`];
}
