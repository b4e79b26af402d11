import type { CommandContext } from '../commandContext.ts';
import { pathShower } from '../commandContext.ts';
import { exitCodeOfCheck, exitCodes, type ExitCode } from '../exitCodes.ts';
import type { CheckInvocation } from '../invocation.ts';
import type { PlacedFiles } from '../placeFiles.ts';
import { renderFindings } from '../render/renderFindings.ts';
import { renderJson } from '../render/renderJson.ts';

/** `codegen-lab check`: findings on standard output. */
export async function check(
  { json, maxWarnings }: CheckInvocation,
  placed: PlacedFiles,
  context: CommandContext,
  signal: AbortSignal,
): Promise<ExitCode> {
  const { engine, root, output, paints } = context;
  await engine.openFolder(root, signal);
  const isAll = placed.folders.length > 0 || placed.files.length === 0;
  const all = await engine.check(root, isAll ? 'all' : placed.files, signal);
  if (signal.aborted) return exitCodes.cancelled;
  const findings = placed.folders.length === 0 ? all : all.filter(({ path }) => isNamed(placed, path));
  const showPath = pathShower(context);
  output.stdout(json ? renderJson(findings) : renderFindings({ findings, showPath, paint: paints.stdout }));
  const warnings = findings.filter((finding) => finding.severity === 'warning').length;
  if (maxWarnings !== undefined && warnings > maxWarnings) {
    output.stderr(`${warnings} warnings are more than the ${maxWarnings} that --max-warnings allows.\n`);
  }
  return exitCodeOfCheck(findings, maxWarnings);
}

function isNamed({ files, folders }: PlacedFiles, path: string): boolean {
  return files.includes(path) || folders.some((folder) => folder === '' || path.startsWith(`${folder}/`));
}
