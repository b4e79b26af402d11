import type { Loss, PortableRule } from '../../engine/rules/dialects/dialect.ts';
import { findDialect } from '../../engine/rules/dialects/dialectList.ts';
import { toPortable } from '../../engine/rules/dialects/portableRule.ts';
import { isLivePath, readLiveFolders } from '../../engine/rules/rulePaths.ts';
import type { CommandContext } from '../commandContext.ts';
import { exitCodes, type ExitCode } from '../exitCodes.ts';
import { usageError, type ExportInvocation, type UsageError } from '../invocation.ts';
import { findRule } from './findRule.ts';
import { landExchange } from './landExchange.ts';

/** `clctl export`: rules with all that they inherit, as rule files of another tool. */
export async function exportRules(
  { dialect: id, rules: wanted, write, replace, json }: ExportInvocation,
  folder: string,
  context: CommandContext,
  signal: AbortSignal,
): Promise<ExitCode | UsageError> {
  const { engine, root } = context;
  const dialect = findDialect(id);
  if (dialect === undefined) return usageError('ctl export', `${id} is no tool that is known here.`);
  await engine.openFolder(root, signal);
  if (signal.aborted) return exitCodes.cancelled;
  const chosen = choosePaths(wanted, context);
  if ('problem' in chosen) return usageError('ctl export', chosen.problem);
  const { rules, losses } = collect(chosen.paths, context);
  if (rules.length === 0 && losses.length === 0)
    return usageError('ctl export', 'There are no rules to export.');
  const written = dialect.write(rules);
  const files = written.files.map(({ path, text }) => ({
    path: folder === '' ? path : `${folder}/${path}`,
    text,
  }));
  return landExchange(
    {
      title: `Export to ${dialect.label}`,
      files,
      losses: [...losses, ...written.losses],
      write,
      replace,
      json,
    },
    context,
    signal,
  );
}

function choosePaths(
  wanted: readonly string[],
  context: CommandContext,
): { readonly paths: readonly string[] } | { readonly problem: string } {
  if (wanted.length === 0) {
    const documents = context.engine.ruleDocuments(context.root);
    const folders = readLiveFolders(context.settings.rules.folders);
    return { paths: documents.map(({ path }) => path).filter((path) => isLivePath(path, folders)) };
  }
  const paths = new Set<string>();
  for (const name of wanted) {
    const summary = findRule(context, name);
    if ('problem' in summary) return summary;
    paths.add(summary.ruleId.replace(/#\d+$/, ''));
  }
  return { paths: [...paths] };
}

function collect(
  paths: readonly string[],
  { engine, root }: CommandContext,
): { readonly rules: readonly PortableRule[]; readonly losses: readonly Loss[] } {
  const catalog = engine.ruleCatalog(root, 'saved');
  const rules: PortableRule[] = [];
  const losses: Loss[] = [];
  for (const path of paths) {
    const rule = catalog?.effective(path)?.rule;
    if (rule === undefined) continue;
    if (!rule.active) {
      const reason = rule.inactiveReason ?? 'it is not active';
      losses.push({ rule: path, message: `It is left out, because ${reason}.` });
      continue;
    }
    const exported = toPortable(rule);
    rules.push(exported.portable);
    losses.push(...exported.losses);
  }
  return { rules, losses };
}
