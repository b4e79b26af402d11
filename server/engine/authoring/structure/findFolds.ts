import type { Span } from '../../documents/span.ts';
import type { RuleDocument } from '../../rules/rule.ts';
import { outlineOf } from '../outline/documentOutline.ts';
import type { OutlineNode } from '../outline/outlineNode.ts';

/** Stretches that can be folded; some lie on one line, which whoever shows them passes over. */
export function findFolds(document: RuleDocument): readonly Span[] {
  const { frontmatter, keys, blockKeys, headings, fences } = outlineOf(document);
  return [
    ...(frontmatter === undefined ? [] : [frontmatter.whole]),
    ...spansOf(keys?.children ?? []),
    ...blockKeys.flatMap(({ block, outline }) => [block.whole, ...spansOf(outline.children)]),
    ...headings.map(({ section }) => section),
    ...fences,
  ];
}

function spansOf(nodes: readonly OutlineNode[]): readonly Span[] {
  return nodes.flatMap((node) => [node.whole, ...spansOf(node.children)]);
}
