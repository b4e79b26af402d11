import { verdictOf } from '../../engine/health/renderHealth.ts';
import type { HealthCheck } from '../../protocol/health.ts';
import type { CommandContext } from '../commandContext.ts';
import { exitCodes, type ExitCode } from '../exitCodes.ts';
import { plainLine } from '../render/plainText.ts';
import { renderJson } from '../render/renderJson.ts';

/** `codegen-lab doctor`: the health of the whole installation, for this folder. */
export async function examineHealth(
  { json }: { readonly json: boolean },
  { health, root, output, paints }: Pick<CommandContext, 'health' | 'root' | 'output' | 'paints'>,
  signal: AbortSignal,
): Promise<ExitCode> {
  const report = await health.examine(root, signal);
  if (signal.aborted) return exitCodes.cancelled;
  const paint = paints.stdout;
  const marks = { good: paint.green('good'), attention: paint.yellow('look'), bad: paint.red('bad ') };
  const lines = report.checks.flatMap(({ title, state, seen, todo }) => [
    `${marks[state]}  ${paint.bold(plainLine(title))}`,
    ...[seen, todo].filter((text) => text !== '').map((text) => `      ${plainLine(text)}`),
  ]);
  output.stdout(json ? renderJson(report) : `${[...lines, '', verdictOf(report.checks)].join('\n')}\n`);
  return isHealthy(report.checks) ? exitCodes.good : exitCodes.findings;
}

function isHealthy(checks: readonly HealthCheck[]): boolean {
  return checks.every(({ state }) => state !== 'bad');
}
