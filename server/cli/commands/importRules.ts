import { findDialect } from '../../engine/rules/dialects/dialectList.ts';
import { proposeImport, type DialectFile } from '../../engine/rules/dialects/proposeImport.ts';
import type { CommandContext } from '../commandContext.ts';
import { exitCodes, type ExitCode } from '../exitCodes.ts';
import { usageError, type ImportInvocation, type UsageError } from '../invocation.ts';
import type { PlacedFiles } from '../placeFiles.ts';
import { landExchange } from './landExchange.ts';

/** `clctl import`: the rule files of another tool as rule files of ours. */
export async function importRules(
  { dialect: id, write, replace, json }: ImportInvocation,
  placed: PlacedFiles,
  context: CommandContext,
  signal: AbortSignal,
): Promise<ExitCode | UsageError> {
  const { files, root } = context;
  const dialect = findDialect(id);
  if (dialect === undefined) return usageError('ctl import', `${id} is no tool that is known here.`);
  const paths = await findPaths(placed, (path) => dialect.place(path) !== undefined, context, signal);
  if (signal.aborted) return exitCodes.cancelled;
  if ('problem' in paths) return usageError('ctl import', `${paths.problem} is no file of ${dialect.label}.`);
  const given: DialectFile[] = [];
  for (const path of paths) {
    const read = await files.read(root, path, signal);
    if (signal.aborted) return exitCodes.cancelled;
    given.push({ path, text: read.kind === 'text' ? read.text : undefined });
  }
  if (paths.length === 0) return usageError('ctl import', `There are no files of ${dialect.label} here.`);
  const { label } = dialect;
  const exchange = { title: `Import ${label}`, ...proposeImport(dialect, given), write, replace, json };
  return landExchange(exchange, context, signal);
}

async function findPaths(
  placed: PlacedFiles,
  owns: (path: string) => boolean,
  { files, root }: CommandContext,
  signal: AbortSignal,
): Promise<readonly string[] | { readonly problem: string }> {
  const stranger = placed.files.find((path) => !owns(path));
  if (stranger !== undefined) return { problem: stranger };
  if (placed.files.length > 0 && placed.folders.length === 0) return placed.files.toSorted();
  const listed = (await files.list(root, signal)).filter(owns);
  const isNamed = (path: string): boolean =>
    placed.folders.length === 0 ||
    placed.files.includes(path) ||
    placed.folders.some((folder) => folder === '' || path.startsWith(`${folder}/`));
  return listed.filter(isNamed);
}
