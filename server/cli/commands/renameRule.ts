import { findNameClash } from '../../engine/authoring/references/findNameClash.ts';
import { renameBlock } from '../../engine/authoring/references/renameBlock.ts';
import { renameFiles } from '../../engine/authoring/references/renameFiles.ts';
import { renameReference } from '../../engine/authoring/references/renameReference.ts';
import { applyTextEdits } from '../../engine/rules/editing/applyTextEdits.ts';
import { editFrontmatter } from '../../engine/rules/editing/editFrontmatter.ts';
import type { RuleCatalog } from '../../engine/rules/ruleCatalog.ts';
import type { RuleDocument } from '../../engine/rules/rule.ts';
import { readRulePath } from '../../engine/rules/rulePaths.ts';
import type { TextEdit } from '../../engine/rules/textEdit.ts';
import type { ProposedFile } from '../../protocol/runEvents.ts';
import type { CommandContext } from '../commandContext.ts';
import { exitCodes, type ExitCode } from '../exitCodes.ts';
import { usageError, type RuleRenameInvocation, type UsageError } from '../invocation.ts';
import { renderDiff } from '../render/renderDiff.ts';
import { renderJson } from '../render/renderJson.ts';
import { findRule } from './findRule.ts';
import { landFiles, showPatch } from './landFiles.ts';

/**
 * `clctl rule rename`: a rule with a `name` gets another one there, one that is called as its file is gets another file;
 * references follow. So does a `<rule>` block with its name. The difference is shown, and written with `--write` alone.
 */
export async function renameRule(
  { rule: wanted, name, write, json }: RuleRenameInvocation,
  context: CommandContext,
  signal: AbortSignal,
): Promise<ExitCode | UsageError> {
  const { engine, root, files, output } = context;
  await engine.openFolder(root, signal);
  if (signal.aborted) return exitCodes.cancelled;
  const summary = findRule(context, wanted);
  if ('problem' in summary) return usageError('ctl rule', summary.problem);
  const catalog = engine.ruleCatalog(root, 'saved');
  if (catalog === undefined) return usageError('ctl rule', `The rules of ${root} were not read.`);
  if (summary.ruleId.startsWith('builtin:'))
    return usageError('ctl rule', `${wanted} belongs to the library and keeps its name.`);
  const renamed = renameById(catalog, summary.ruleId, name);
  if ('problem' in renamed) return usageError('ctl rule', renamed.problem);
  const { target } = renamed;
  if (target !== undefined && (await files.exists(root, target, signal)))
    return usageError('ctl rule', `${target} is there already.`);
  const document = catalog.document(summary.ruleId);
  const newName = target === undefined ? name : readRulePath(target).name;
  const clash = document === undefined ? undefined : findNameClash(catalog, document, newName);
  if (clash !== undefined) return usageError('ctl rule', clash);
  if (json)
    output.stdout(
      renderJson({ files: renamed.files.map((file) => ({ path: file.path, diff: renderDiff(file) })) }),
    );
  else showPatch(renamed, context);
  return landFiles({ title: `Rename ${wanted}`, files: renamed.files, write }, context, signal);
}

type Renamed =
  | {
      readonly files: readonly ProposedFile[];
      /** The file's new path; undefined when it keeps its own. */
      readonly target?: string;
    }
  | { readonly problem: string };

/** Blocks have the number of their place in the file at the end of their id. */
function renameById(catalog: RuleCatalog, id: string, name: string): Renamed {
  const document = catalog.document(id);
  if (document !== undefined)
    return document.file.written.has('name')
      ? renameKey(catalog, document, name)
      : renameFile(catalog, document, name);
  const renaming = renameBlock(catalog, id, name);
  return renaming.kind === 'refused'
    ? { problem: renaming.reason }
    : { files: applyAll(catalog, renaming.edits) };
}

function renameKey(catalog: RuleCatalog, document: RuleDocument, name: string): Renamed {
  const { path, text, file } = document;
  if (/[\n\r]/.test(name)) return { problem: 'A name has no line break.' };
  const own = editFrontmatter(text, { kind: 'set', key: 'name', value: name });
  if (own.kind === 'refused') return { problem: own.reason };
  const edits = new Map<string, readonly TextEdit[]>([[path, own.edits]]);
  for (const { path: from, reference } of catalog.referrers(path)) {
    if (reference.target !== file.name) continue;
    const edit = renameReference(catalog.text(from) ?? '', reference, { name, path, from });
    edits.set(from, [...(edits.get(from) ?? []), edit]);
  }
  return { files: applyAll(catalog, edits) };
}

function renameFile(catalog: RuleCatalog, document: RuleDocument, name: string): Renamed {
  const { path, text } = document;
  const [, folder = '', extension] = /^(.*?)[^/]*?(\.mdc(?:\.md)?)$/.exec(path) ?? [];
  if (extension === undefined)
    return {
      problem: `Only files that end in .mdc can be renamed; ${path} cannot. Give the rule a \`name\`.`,
    };
  const base = name.replace(/\.mdc(?:\.md)?$/, '');
  if (!/^[^\\/:*?"<>|\s.][^\\/:*?"<>|\n\r]*$/.test(base))
    return { problem: `${name} is no name for a file: leave \\ / : * ? " < > | out.` };
  const target = `${folder}${base}${extension}`;
  if (target === path) return { problem: `${path} is called so already.` };
  const edits = renameFiles(catalog, new Map([[path, target]]));
  const others = new Map([...edits].filter(([from]) => from !== path));
  const after = applyTextEdits(text, edits.get(path) ?? []);
  return { target, files: [{ path: target, after }, { path, before: text }, ...applyAll(catalog, others)] };
}

function applyAll(
  catalog: RuleCatalog,
  edits: ReadonlyMap<string, readonly TextEdit[]>,
): readonly ProposedFile[] {
  return [...edits].flatMap(([path, changes]) => {
    const before = catalog.document(path)?.text;
    return before === undefined ? [] : [{ path, before, after: applyTextEdits(before, changes) }];
  });
}
