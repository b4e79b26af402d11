import type { Span } from '../../documents/span.ts';
import type { RuleDocument } from '../../rules/rule.ts';
import { outlineOf, type Heading } from '../outline/documentOutline.ts';
import type { OutlineNode } from '../outline/outlineNode.ts';

export interface RuleSymbol {
  readonly name: string;
  readonly detail: string;
  readonly kind: 'frontmatter' | 'block' | 'key' | 'entry' | 'heading';
  readonly whole: Span;
  /** What is selected when the symbol is chosen; inside of `whole`. */
  readonly span: Span;
  readonly children: readonly RuleSymbol[];
}

/** Frontmatter, blocks and headings, as the outline of an editor shows them. */
export function findSymbols(document: RuleDocument): readonly RuleSymbol[] {
  const { frontmatter, keys, blockKeys, headings } = outlineOf(document);
  const { text } = document;
  const head: readonly RuleSymbol[] =
    frontmatter === undefined
      ? []
      : [
          {
            name: 'Frontmatter',
            detail: document.file.name,
            kind: 'frontmatter',
            whole: frontmatter.whole,
            span: {
              start: frontmatter.whole.start,
              end: Math.min(frontmatter.whole.start + 3, frontmatter.whole.end),
            },
            children: symbolsOf(text, keys?.children ?? [], 0),
          },
        ];
  const blocks = blockKeys.map(({ block, outline }, at): RuleSymbol => ({
    name: document.blocks[at]?.name ?? '<rule>',
    detail: '<rule>',
    kind: 'block',
    whole: block.whole,
    span: block.tag,
    children: symbolsOf(text, outline.children, 0),
  }));
  return [...head, ...nest([...headings.map(fromHeading), ...blocks])];
}

const maxDepth = 4;
const maxDetail = 80;

function symbolsOf(text: string, nodes: readonly OutlineNode[], depth: number): readonly RuleSymbol[] {
  if (depth > maxDepth) return [];
  return nodes
    .filter((node) => node.kind === 'item' || node.colon !== undefined)
    .map((node): RuleSymbol => {
      const name = node.kind === 'entry' ? node.key : nameOfItem(text, node);
      const value = node.style === 'literal' ? '' : text.slice(node.value.start, node.value.end);
      return {
        name: name.trim() === '' ? '-' : name.trim(),
        detail: node.kind === 'entry' ? value.slice(0, maxDetail).replaceAll(/\s+/g, ' ') : '',
        kind: node.kind === 'entry' ? 'key' : 'entry',
        whole: node.whole,
        span: node.head,
        children: symbolsOf(text, node.children, depth + 1),
      };
    });
}

/** An entry of a list by its value, its id or its type. */
function nameOfItem(text: string, node: OutlineNode): string {
  const named = ['id', 'name', 'type', 'pattern'].flatMap((key) =>
    node.children.filter((child) => child.key === key),
  );
  const [first] = named;
  const { start, end } = (first ?? node).value;
  return text.slice(start, Math.min(end, start + maxDetail)).replaceAll(/\s+/g, ' ');
}

function fromHeading({ title, level, span, section }: Heading): RuleSymbol {
  const name = title === '' ? '#'.repeat(level) : title;
  return { name, detail: '', kind: 'heading', whole: section, span, children: [] };
}

/** What lies within another becomes a part of it; they never overlap otherwise. */
function nest(symbols: readonly RuleSymbol[]): readonly RuleSymbol[] {
  const roots: { symbol: RuleSymbol; children: RuleSymbol[] }[] = [];
  const sorted = symbols.toSorted(
    (left, right) => left.whole.start - right.whole.start || right.whole.end - left.whole.end,
  );
  for (const symbol of sorted) {
    const last = roots.at(-1);
    if (
      last !== undefined &&
      symbol.whole.start >= last.symbol.whole.start &&
      symbol.whole.end <= last.symbol.whole.end
    )
      last.children.push(symbol);
    else roots.push({ symbol, children: [] });
  }
  return roots.map(({ symbol, children }) => ({
    ...symbol,
    children: [...symbol.children, ...nest(children)],
  }));
}
