import type { Loss } from '../../engine/rules/dialects/dialect.ts';
import type { ProposedFile } from '../../protocol/runEvents.ts';
import type { CommandContext } from '../commandContext.ts';
import { exitCodes, type ExitCode } from '../exitCodes.ts';
import { plainLine } from '../render/plainText.ts';
import { renderDiff } from '../render/renderDiff.ts';
import { renderJson } from '../render/renderJson.ts';
import { landFiles, showPatch } from './landFiles.ts';

/** Files that come from another tool or go to one. */
export interface Exchange {
  readonly title: string;
  readonly files: readonly { readonly path: string; readonly text: string }[];
  readonly losses: readonly Loss[];
  readonly write: boolean;
  /** Files that are there may be written over. */
  readonly replace: boolean;
  readonly json: boolean;
}

/** Shows the files and what is lost, and writes them where that was asked for. A file that is there is kept without `--replace`. */
export async function landExchange(
  { title, files, losses, write, replace, json }: Exchange,
  context: CommandContext,
  signal: AbortSignal,
): Promise<ExitCode> {
  const { output } = context;
  const proposed: ProposedFile[] = [];
  const kept: string[] = [];
  for (const { path, text } of files) {
    const read = await context.files.read(context.root, path, signal);
    if (signal.aborted) return exitCodes.cancelled;
    if (read.kind === 'missing') proposed.push({ path, after: text });
    else if (read.kind === 'text' && (replace || read.text === text))
      proposed.push({ path, before: read.text, after: text });
    else kept.push(path);
  }
  if (json) output.stdout(renderJson(toDocument(proposed, kept, losses)));
  else showPatch({ files: proposed }, context);
  for (const { rule, message } of losses) output.stderr(`${plainLine(rule)}: ${plainLine(message)}\n`);
  for (const path of kept)
    output.stderr(`${plainLine(path)} is there already and stays; add --replace to write over it.\n`);
  const isDone = proposed.length > 0 && proposed.every(({ before, after }) => before === after);
  if (isDone && kept.length === 0) output.stderr('All of that is there already.\n');
  const code = await landFiles({ title, files: proposed, write }, context, signal);
  if (code !== exitCodes.good) return code;
  return kept.length > 0 ? exitCodes.findings : exitCodes.good;
}

function toDocument(
  proposed: readonly ProposedFile[],
  kept: readonly string[],
  losses: readonly Loss[],
): unknown {
  return {
    files: proposed.map((file) => ({ path: file.path, diff: renderDiff(file) })),
    kept,
    losses,
  };
}
