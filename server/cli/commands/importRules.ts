import type { Loss } from '../../engine/rules/dialects/dialect.ts';
import { findDialect } from '../../engine/rules/dialects/dialectList.ts';
import { renderPortable } from '../../engine/rules/dialects/portableRule.ts';
import { readDialectRule, type DialectRule } from '../../engine/rules/dialects/readDialectRule.ts';
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
  const proposed = new Map<string, { readonly path: string; readonly text: string }>();
  const losses: Loss[] = [];
  for (const path of paths) {
    const read = await files.read(root, path, signal);
    if (signal.aborted) return exitCodes.cancelled;
    const rule = read.kind === 'text' ? readDialectRule(dialect, path, read.text) : undefined;
    if (rule === undefined)
      losses.push({ rule: path, message: 'It cannot be read: it is no UTF-8 text below 1 MB.' });
    else losses.push(...takeRule(rule, proposed));
  }
  if (paths.length === 0) return usageError('ctl import', `There are no files of ${dialect.label} here.`);
  return landExchange(
    { title: `Import ${dialect.label}`, files: [...proposed.values()], losses, write, replace, json },
    context,
    signal,
  );
}

/** Puts the rule among those that are proposed; returns what is lost of it. */
function takeRule(
  { document, portable, losses }: DialectRule,
  proposed: Map<string, { readonly path: string; readonly text: string }>,
): readonly Loss[] {
  const { path } = document;
  const error = document.problems.find(({ severity }) => severity === 'error');
  if (error !== undefined)
    return [{ rule: path, message: `It is left out, since it has an error: ${error.message}` }];
  const file = renderPortable(portable);
  if (proposed.has(file.path))
    return [{ rule: path, message: `It is left out: ${file.path} is taken by another one.` }];
  proposed.set(file.path, file);
  const isHidden = portable.kind === 'manual' && portable.description !== '';
  const hidden: readonly Loss[] = isHidden
    ? [{ rule: path, message: 'Its description is lost: with one, an agent would ask for it.' }]
    : [];
  return [...losses, ...hidden];
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
