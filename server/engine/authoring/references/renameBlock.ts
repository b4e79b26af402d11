import { setKey } from '../../rules/editing/editKeys.ts';
import { readBlockRegion } from '../../rules/editing/keyRegion.ts';
import { findRuleBlocks } from '../../rules/reading/findRuleBlocks.ts';
import { splitFrontmatter } from '../../rules/reading/splitFrontmatter.ts';
import type { RuleCatalog } from '../../rules/ruleCatalog.ts';
import type { RuleDocument } from '../../rules/rule.ts';
import type { TextEdit } from '../../rules/textEdit.ts';
import type { EditsByPath } from './renameFiles.ts';

export type BlockRenaming =
  | { readonly kind: 'edits'; readonly edits: EditsByPath }
  /** `reason` is a whole sentence. */
  | { readonly kind: 'refused'; readonly reason: string };

/**
 * Gives the `<rule>` block with this id, `path#n`, another name. Blocks of the same name in files that it inherits from, or
 * that inherit from it, go along: by that name the nearer one replaces the other.
 */
export function renameBlock(catalog: RuleCatalog, id: string, name: string): BlockRenaming {
  const [, path = '', number = ''] = /^(.*)#(\d+)$/.exec(id) ?? [];
  const document = catalog.document(path);
  const block = document?.blocks[Number(number) - 1];
  const refuse = (reason: string): BlockRenaming => ({ kind: 'refused', reason });
  if (document === undefined || block === undefined)
    return refuse(
      `${id} is no \`<rule>\` block of its own file: it is inherited. Rename it where it is written.`,
    );
  if (name.trim() === '' || /[\n\r\0]/.test(name))
    return refuse('A name has at least one letter and no line break.');
  const edits = new Map<string, readonly TextEdit[]>();
  for (const each of relatedFiles(catalog, document)) {
    const found = each.blocks.findIndex((other) =>
      each === document ? other === block : other.name === block.name,
    );
    if (each.blocks.some((other) => other.name === name && other !== block))
      return refuse(`Another block of ${each.path} is called “${name}” already.`);
    if (found < 0) continue;
    if (each.path.startsWith('builtin:'))
      return refuse(`This block replaces “${block.name}” of ${each.path} by its name, and keeps it.`);
    edits.set(each.path, nameEdits(each, found, name));
  }
  return { kind: 'edits', edits };
}

/** The file itself, those that it inherits from, and those that inherit from it. */
function relatedFiles(catalog: RuleCatalog, document: RuleDocument): readonly RuleDocument[] {
  const lineageOf = (path: string): readonly string[] => catalog.effective(path)?.lineage ?? [];
  const parents = lineageOf(document.path).flatMap((path) => catalog.document(path) ?? []);
  const children = catalog.documents().filter(({ path }) => lineageOf(path).includes(document.path));
  return [...new Set([document, ...parents, ...children])];
}

function nameEdits({ text }: RuleDocument, at: number, name: string): readonly TextEdit[] {
  const found = findRuleBlocks(text, splitFrontmatter(text).body)[at];
  return found === undefined ? [] : setKey(readBlockRegion(text, found.inner), 'name', name);
}
