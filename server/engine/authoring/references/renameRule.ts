import type { Span } from '../../documents/span.ts';
import { findValueSpan } from '../../rules/editing/keyRegion.ts';
import { renderValue } from '../../rules/editing/renderValue.ts';
import type { Rule, RuleDocument } from '../../rules/rule.ts';
import { readRulePath } from '../../rules/rulePaths.ts';
import type { AuthoringFile } from '../authoringFile.ts';
import { findNameClash } from './findNameClash.ts';
import { targetAt } from './findReferences.ts';
import { joinPath } from './joinPath.ts';
import { referenceAt } from './referenceAt.ts';
import { renameBlock } from './renameBlock.ts';
import { renameFiles, type EditsByPath } from './renameFiles.ts';
import { renameReference } from './renameReference.ts';

export interface RenamePlace {
  readonly span: Span;
  readonly placeholder: string;
}

export type Renaming =
  | {
      readonly kind: 'edits';
      readonly edits: EditsByPath;
      readonly file?: { readonly from: string; readonly to: string };
    }
  | { readonly kind: 'refused'; readonly reason: string };

/** What would be renamed at the offset; undefined where nothing can be. */
export function prepareRename(file: AuthoringFile, offset: number): RenamePlace | undefined {
  const named = blockAt(file, offset);
  if (named !== undefined) return { span: named.span, placeholder: named.block.name };
  const path = targetAt(file, offset);
  if (path === undefined || path.startsWith('builtin:')) return undefined;
  const reference = referenceAt(file, offset);
  if (reference !== undefined) {
    const isOnTarget = offset >= reference.span.start && offset <= reference.span.end;
    return isOnTarget ? { span: reference.span, placeholder: reference.target } : undefined;
  }
  const name = insideQuotes(file.document, file.document.file.written.get('name'));
  if (name === undefined || offset < name.start || offset > name.end) return undefined;
  return { span: name, placeholder: file.document.file.name };
}

/**
 * Gives the rule or file another name. A rule with a `name` gets it there; one that is called as its file is gets another
 * file name, and a reference by path gives the file another path. A `<rule>` block gets it in its own `name`.
 */
export function renameRule(file: AuthoringFile, offset: number, newName: string): Renaming {
  const named = blockAt(file, offset);
  if (named !== undefined) return renameBlock(file.catalog, named.block.id, newName.trim());
  const path = targetAt(file, offset);
  const reference = referenceAt(file, offset);
  const written = newName.trim();
  if (path === undefined || path.startsWith('builtin:'))
    return {
      kind: 'refused',
      reason: 'Only names of rules, parents, includes and @files can be renamed here.',
    };
  if (written === '' || /[\n\r\0]/.test(written))
    return { kind: 'refused', reason: 'A name has at least one letter and no line break.' };
  const document = file.catalog.document(path);
  if (document !== undefined && (reference === undefined || reference.target === document.file.name))
    return renameByName(file, document, written);
  const to = pathAfter({
    from: file.document.path,
    path,
    written: reference?.target ?? path,
    newName: written,
  });
  return moveFile(file, path, to);
}

/** The block whose name stands at the offset. */
function blockAt(
  { document }: AuthoringFile,
  offset: number,
): { readonly block: Rule; readonly span: Span } | undefined {
  for (const block of document.blocks) {
    const span = insideQuotes(document, block.written.get('name'));
    if (span !== undefined && offset >= span.start && offset <= span.end) return { block, span };
  }
  return undefined;
}

function renameByName(file: AuthoringFile, document: RuleDocument, name: string): Renaming {
  const own = withoutComment(document, document.file.written.get('name'));
  if (own === undefined) {
    if (/[\\/:*?"<>|]/.test(name))
      return {
        kind: 'refused',
        reason: 'This rule is called as its file is, and a file name has none of \\ / : * ? " < > |.',
      };
    const base = document.path.slice(document.path.lastIndexOf('/') + 1);
    const folder = document.path.slice(0, document.path.length - base.length);
    if (!base.includes('.mdc'))
      return {
        kind: 'refused',
        reason: `Only files that end in .mdc can be renamed by name; ${base} cannot.`,
      };
    return moveFile(file, document.path, `${folder}${name}${base.slice(base.indexOf('.mdc'))}`);
  }
  const clash = findNameClash(file.catalog, document, name);
  if (clash !== undefined) return { kind: 'refused', reason: clash };
  const edits = new Map([[document.path, [{ span: own, newText: renderValue(name) }]]]);
  for (const { path, reference } of file.catalog.referrers(document.path)) {
    if (reference.target !== document.file.name) continue;
    const edit = renameReference(file.catalog.text(path) ?? '', reference, {
      name,
      path: document.path,
      from: path,
    });
    edits.set(path, [...(edits.get(path) ?? []), edit]);
  }
  return { kind: 'edits', edits };
}

interface Step {
  readonly from: string;
  readonly path: string;
  readonly written: string;
  readonly newName: string;
}

/** The new path, read in the way in which the reference was written. */
function pathAfter({ from, path, written, newName }: Step): string {
  const isRelative = joinPath(from, written) === path || joinPath(from, `${written}.mdc`) === path;
  const to = isRelative ? joinPath(from, newName) : newName.replace(/^\.?\//, '');
  const base = path.slice(path.lastIndexOf('/') + 1);
  const extension = base.includes('.') ? base.slice(base.indexOf('.', 1)) : '';
  return /\.\w+$/.test(to) ? to : `${to}${extension}`;
}

function moveFile({ catalog, workspace }: AuthoringFile, from: string, to: string): Renaming {
  if (from === to) return { kind: 'edits', edits: new Map() };
  if (to.startsWith('../') || to === '' || to.endsWith('/'))
    return { kind: 'refused', reason: 'The new path has to lie in the workspace folder.' };
  if (workspace.has(to) || catalog.document(to) !== undefined)
    return { kind: 'refused', reason: `${to} is there already.` };
  const document = catalog.document(from);
  const keepsName = document === undefined || document.file.written.has('name');
  const clash = keepsName ? undefined : findNameClash(catalog, document, readRulePath(to).name);
  if (clash !== undefined) return { kind: 'refused', reason: clash };
  return { kind: 'edits', edits: renameFiles(catalog, new Map([[from, to]])), file: { from, to } };
}

function insideQuotes(document: RuleDocument, written: Span | undefined): Span | undefined {
  const { text } = document;
  const span = withoutComment(document, written);
  if (span === undefined) return undefined;
  const isQuoted =
    span.end - span.start > 1 &&
    /["']/.test(text[span.start] ?? '') &&
    text[span.end - 1] === text[span.start];
  return isQuoted ? { start: span.start + 1, end: span.end - 1 } : span;
}

function withoutComment({ text }: RuleDocument, written: Span | undefined): Span | undefined {
  if (written === undefined) return undefined;
  return findValueSpan(text, { key: 'name', keySpan: written, value: written, below: false });
}
