import type { ModelsReport, TriedModel } from '../../protocol/modelsReport.ts';
import type { CommandContext } from '../commandContext.ts';
import { exitCodes, type ExitCode } from '../exitCodes.ts';
import { plainLine } from '../render/plainText.ts';
import { renderJson } from '../render/renderJson.ts';
import { renderTable } from '../render/renderTable.ts';

/** `clctl models check`: who would be asked for what, and what each answers to a tiny call unless that is not wanted. */
export async function checkModels(
  { json, tries }: { readonly json: boolean; readonly tries: boolean },
  context: CommandContext,
  signal: AbortSignal,
): Promise<ExitCode> {
  const { engine, root, output } = context;
  const report = await engine.models().check(root, tries, signal);
  if (signal.aborted) return exitCodes.cancelled;
  output.stdout(json ? renderJson(report) : renderReport(report, context));
  const isGood = report.problems.length === 0 && report.tried.every(({ ok }) => ok);
  return isGood ? exitCodes.good : exitCodes.findings;
}

function renderReport({ roles, limits, problems, tried }: ModelsReport, { paints }: CommandContext): string {
  const paint = paints.stdout;
  const values = roles.flatMap(({ role, values: each }) =>
    each.map(({ name, value, source }, index) => [index === 0 ? role : '', name, plainLine(value), source]),
  );
  const skipped = [...new Set(roles.flatMap((role) => role.skipped))];
  const parts = [
    renderTable(['ROLE', 'WHAT', 'VALUE', 'FROM'], values, paint),
    renderTable(
      ['LIMIT', 'VALUE', 'FROM'],
      limits.map(({ name, value, source }) => [name, value, source]),
      paint,
    ),
    ...(skipped.length > 0 ? [lines('Passed over:', skipped)] : []),
    ...(tried.length > 0
      ? [
          renderTable(
            ['MODEL', 'FIRST TOKEN', 'TOTAL', 'COST', 'ANSWER'],
            tried.map((each) => [
              plainLine(each.model),
              renderMs(each.firstTokenMs),
              renderMs(each.ms),
              renderPaid(each.cost),
              `${each.ok ? 'ok' : 'failed'}: ${plainLine(each.message)}`,
            ]),
            paint,
          ),
        ]
      : []),
    ...(problems.length > 0 ? [lines('To be mended:', problems)] : []),
  ];
  return parts.join('\n');
}

function lines(head: string, each: readonly string[]): string {
  return `${head}\n${each.map((line) => `  ${plainLine(line)}\n`).join('')}`;
}

function renderMs(ms: number | undefined): string {
  return ms === undefined ? '-' : `${ms} ms`;
}

function renderPaid(cost: TriedModel['cost']): string {
  if (cost === null) return 'nothing';
  return cost === 'unknown' ? 'unknown' : `$${cost.toFixed(6)}`;
}
