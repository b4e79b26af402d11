import type { CommandContext } from '../commandContext.ts';
import { exitCodes, type ExitCode } from '../exitCodes.ts';
import { renderJson } from '../render/renderJson.ts';
import { writeReport } from '../reportFiles.ts';

/** `codegen-lab report`: a masked bundle for a report of an issue, to standard output or into a file. Nothing is sent. */
export async function reportIssue(
  { json, out }: { readonly json: boolean; readonly out: string | undefined },
  { health, root, cwd, output }: Pick<CommandContext, 'health' | 'root' | 'cwd' | 'output'>,
  signal: AbortSignal,
): Promise<ExitCode> {
  const markdown = await health.describeIssue(root, signal);
  if (signal.aborted) return exitCodes.cancelled;
  const text = json ? renderJson({ markdown }) : markdown;
  if (out === undefined) {
    output.stdout(text);
    return exitCodes.good;
  }
  const problem = writeReport(out, text, cwd);
  output.stderr(`${problem ?? `${out} is written. Read it before you send it: nothing was sent.`}\n`);
  return problem === undefined ? exitCodes.good : exitCodes.usage;
}
