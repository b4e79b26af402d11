import type { SyntaxNode } from '../../ports/syntax.ts';
import { declarationsOf, type Declaration } from './declarations.ts';
import type { ParsedTests } from './findTestNodes.ts';
import { linesOf, type LineSpan } from './lineSpans.ts';
import { holds, leavesOf } from './treeText.ts';

export interface OrphanSearch {
  readonly parsed: ParsedTests;
  /** What is taken out already. */
  readonly removed: readonly LineSpan[];
  /** The file before the edit: what it names stays. */
  readonly before: string;
}

/**
 * Imports, fixtures and other declarations of the file that only what is taken out used, and those that only these used. What
 * nothing used in the first place stays: it may be there for what it does.
 */
export function findOrphans({ parsed, removed, before }: OrphanSearch): readonly LineSpan[] {
  const { text, root, language } = parsed;
  const uses = usesOf(parsed);
  const declared = declarationsOf(root, text, language);
  const gone = new Set<Declaration>();
  const isGone = (use: Use): boolean =>
    removed.some((span) => holds(span, use)) || [...gone].some(({ node }) => holds(node, use));
  const isOrphan = (declaration: Declaration): boolean => {
    const { name, statement } = declaration;
    const own = (uses.get(name) ?? []).filter((use) => !holds(statement, use));
    if (own.length === 0 || own.some((use) => !isGone(use))) return false;
    return !new RegExp(String.raw`(?<![\w$])${name.replaceAll('$', String.raw`\$`)}(?![\w$])`, 'u').test(
      before,
    );
  };
  for (let size = -1; size < gone.size;) {
    size = gone.size;
    for (const declaration of declared)
      if (
        !gone.has(declaration) &&
        !removed.some((span) => holds(span, declaration.statement)) &&
        isOrphan(declaration)
      )
        gone.add(declaration);
  }
  return spansOf(parsed, declared, gone);
}

interface Use {
  readonly start: number;
  readonly end: number;
}

/** Where each name is used. A string may name a fixture. */
function usesOf({ root, text }: ParsedTests): ReadonlyMap<string, readonly Use[]> {
  const uses = new Map<string, Use[]>();
  for (const leaf of leavesOf(root)) {
    const { type, field, start, end } = leaf;
    const isName = /identifier$|^string_(?:content|fragment)$/u.test(type) && type !== 'field_identifier';
    if (!isName || type === 'property_identifier' || field === 'attribute') continue;
    const name = text.slice(start, end);
    const known = uses.get(name);
    if (known === undefined) uses.set(name, [{ start, end }]);
    else known.push({ start, end });
  }
  return uses;
}

/** Whole statements where all of their names go, else the names with their commas. */
function spansOf(
  { root, text }: ParsedTests,
  declared: readonly Declaration[],
  gone: ReadonlySet<Declaration>,
): readonly LineSpan[] {
  const spans: LineSpan[] = [];
  for (const statement of new Set([...gone].map((each) => each.statement))) {
    const all = declared.filter((each) => each.statement === statement);
    if (all.every((each) => gone.has(each))) {
      const span = linesOf(text, statement, root.children);
      if (span !== undefined) spans.push(span);
      continue;
    }
    for (const list of new Set(all.map((each) => each.list.node))) {
      const inList = all.filter((each) => each.list.node === list);
      const leaving = inList.filter((each) => gone.has(each));
      const parent = inList[0]?.list.parent;
      // A list that nothing is left of goes as a whole, with its braces.
      const entries = leaving.map(({ node }) => node);
      if (leaving.length === inList.length && parent !== undefined) spans.push(...withCommas([list], parent));
      else if (entries.every((node) => ownLine(text, node) !== undefined))
        spans.push(...entries.flatMap((node) => ownLine(text, node) ?? []));
      else spans.push(...withCommas(entries, list));
    }
  }
  return spans;
}

/** Of lists that have a line for each name. undefined: it shares its line. */
function ownLine(text: string, node: SyntaxNode): LineSpan | undefined {
  const start = text.lastIndexOf('\n', node.start - 1) + 1;
  const end = text.indexOf('\n', node.end) + 1;
  const isAlone = text.slice(start, node.start).trim() === '' && /^,?\s*$/u.test(text.slice(node.end, end));
  return isAlone && end > 0 ? { start, end } : undefined;
}

/** Entries of a list with the commas that part them from others; one at least stays. */
function withCommas(leaving: readonly SyntaxNode[], list: SyntaxNode): readonly LineSpan[] {
  const [first] = leaving;
  const entries = list.children.filter(
    ({ isNamed, field }) => isNamed && (first?.field === undefined || field === first.field),
  );
  const lastStaying = entries.findLast((entry) => !leaving.includes(entry));
  const spans: LineSpan[] = [];
  for (const entry of leaving) {
    const next = entries[entries.indexOf(entry) + 1];
    if (next !== undefined && lastStaying !== undefined && entry.start < lastStaying.start)
      spans.push({ start: entry.start, end: next.start });
  }
  const end = entries.at(-1)?.end ?? list.end;
  if (lastStaying !== undefined && lastStaying.end < end) spans.push({ start: lastStaying.end, end });
  return spans;
}
