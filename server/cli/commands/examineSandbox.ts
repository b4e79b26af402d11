import type { SandboxCheck, SandboxReport } from '../../engine/ports/sandboxExam.ts';
import type { CommandContext } from '../commandContext.ts';
import { exitCodes, type ExitCode } from '../exitCodes.ts';
import { plainLine } from '../render/plainText.ts';
import { renderJson } from '../render/renderJson.ts';

/** `codegen-lab sandbox doctor`: what the sandbox of this machine keeps out, tried one by one. */
export async function examineSandbox(
  { json }: { readonly json: boolean },
  { sandbox, output, paints }: Pick<CommandContext, 'sandbox' | 'output' | 'paints'>,
  signal: AbortSignal,
): Promise<ExitCode> {
  const report = await sandbox.examine(signal);
  if (signal.aborted) return exitCodes.cancelled;
  const bad = report.checks.filter(({ holds }) => !holds);
  const paint = paints.stdout;
  const lines = report.checks.flatMap((check) => [
    `${check.holds ? paint.green('holds') : paint.red('fails')}  ${check.claim}`,
    ...(check.holds ? [] : describeFault(check)),
  ]);
  const verdict =
    bad.length === 0 ? `All ${report.checks.length} hold (${report.how ?? ''}).` : badVerdict(report);
  output.stdout(json ? renderJson(report) : `${[...lines, '', verdict].join('\n')}\n`);
  return bad.length === 0 ? exitCodes.good : exitCodes.findings;
}

function badVerdict({ how, checks }: SandboxReport): string {
  if (how === undefined)
    return 'Without a sandbox, what a model wrote does not run here unless a person has seen it and said so.';
  const count = checks.filter(({ holds }) => !holds).length;
  return `${count} of ${checks.length} do not hold. Let no rule run what a model wrote on this machine until they do.`;
}

function describeFault({ seen, remedy }: SandboxCheck): readonly string[] {
  return [seen, remedy].filter((text) => text !== '').map((text) => `       ${plainLine(text)}`);
}
