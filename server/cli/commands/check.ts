import type { ChangedFile } from '../../engine/ports/gitChanges.ts';
import type { Finding } from '../../protocol/text.ts';
import { pathShower, type CommandContext } from '../commandContext.ts';
import { exitCodeOfCheck, exitCodes, type ExitCode } from '../exitCodes.ts';
import { usageError, type CheckInvocation, type UsageError } from '../invocation.ts';
import type { PlacedFiles } from '../placeFiles.ts';
import { plainLine } from '../render/plainText.ts';
import { renderReport, tellWarnings } from '../render/renderReport.ts';
import { landFiles } from './landFiles.ts';
import { tellUnread } from './tellUnread.ts';

/** `codegen-lab check`: findings on standard output. */
export async function check(
  invocation: CheckInvocation,
  placed: PlacedFiles,
  context: CommandContext,
  signal: AbortSignal,
): Promise<ExitCode | UsageError> {
  const { engine, root, output } = context;
  await engine.openFolder(root, signal);
  const files = await filesToCheck(invocation, placed, context, signal);
  if (signal.aborted) return exitCodes.cancelled;
  if ('problem' in files) return usageError('check', files.problem);
  if (invocation.fix) {
    const code = await fixFound({ files: files.files, placed }, context, signal);
    if (signal.aborted) return exitCodes.cancelled;
    if (code !== exitCodes.good) return code;
  }
  const findings = await findIn(invocation, { files: files.files, placed }, context, signal);
  if (signal.aborted) return exitCodes.cancelled;
  output.stdout(renderReport(invocation.format, findings, context));
  if (invocation.changes === undefined) await tellUnread(placed.files, context, signal);
  tellWarnings(invocation.maxWarnings, findings, context);
  return exitCodeOfCheck(findings, invocation.maxWarnings);
}

interface WantedFiles {
  readonly files: readonly (string | ChangedFile)[] | 'all';
}

async function filesToCheck(
  { changes }: CheckInvocation,
  placed: PlacedFiles,
  context: CommandContext,
  signal: AbortSignal,
): Promise<WantedFiles | { readonly problem: string }> {
  const isAll = placed.folders.length > 0 || placed.files.length === 0;
  if (changes === undefined) return { files: isAll ? 'all' : placed.files };
  const { root } = context;
  const found =
    changes.kind === 'staged'
      ? await context.changes.staged(root, signal)
      : await context.changes.since(root, changes.ref, signal);
  if (found.kind === 'failed') return { problem: found.message };
  const isNone = placed.folders.length === 0 && placed.files.length === 0;
  return { files: isNone ? found.files : found.files.filter(({ path }) => isNamed(placed, path)) };
}

interface Search extends WantedFiles {
  readonly placed: PlacedFiles;
}

async function fixFound(
  { files, placed }: Search,
  context: CommandContext,
  signal: AbortSignal,
): Promise<ExitCode> {
  const { engine, root, output } = context;
  const paths = files === 'all' ? files : files.map((file) => (typeof file === 'string' ? file : file.path));
  const fixes = await engine.fixes(root, paths, signal);
  if (signal.aborted) return exitCodes.cancelled;
  const isWanted = ({ path }: { readonly path: string }): boolean =>
    placed.folders.length === 0 || isNamed(placed, path);
  const changed = fixes.files.filter(isWanted);
  const code = await landFiles(
    { title: 'Fix what rules find', files: changed, write: true },
    context,
    signal,
  );
  if (code !== exitCodes.good) return code;
  const showPath = pathShower(context);
  for (const { path, rule, count } of fixes.fixed.filter(isWanted))
    output.stderr(`${plainLine(showPath(path))}: ${count} fixed by ${plainLine(rule)}\n`);
  await engine.reloadRules(root, 'all', signal);
  return code;
}

async function findIn(
  { changes, cache }: CheckInvocation,
  { files, placed }: Search,
  { engine, root }: CommandContext,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const all = await engine.check(root, files, signal, {
    staged: changes?.kind === 'staged',
    remembered: cache,
  });
  return placed.folders.length === 0 ? all : all.filter(({ path }) => isNamed(placed, path));
}

function isNamed({ files, folders }: PlacedFiles, path: string): boolean {
  return files.includes(path) || folders.some((folder) => folder === '' || path.startsWith(`${folder}/`));
}
