import type { GrammarLanguage, SyntaxFault, SyntaxNode } from '../../engine/ports/syntax.ts';
import type { ParsedFormat } from './textFormats.ts';

/** What the worker is asked. */
export interface SyntaxTask {
  readonly id: number;
  readonly language: GrammarLanguage | ParsedFormat;
  readonly text: string;
  /** Whether it parses, or its whole tree. */
  readonly want: 'faults' | 'tree';
}

/** What the worker answers: first that it has what it needs and begins to parse, then how that ended. */
export type SyntaxAnswer = { readonly id: number } & (
  | { readonly kind: 'parsing' }
  | { readonly kind: 'faults'; readonly faults: readonly SyntaxFault[] }
  | { readonly kind: 'tree'; readonly tree: PackedTree }
  /** The worker cannot be relied upon any more. */
  | { readonly kind: 'failed'; readonly reason: string }
);

/** A tree in as few objects as possible, so that it passes between threads without being copied node by node. */
export interface PackedTree {
  readonly types: readonly string[];
  /** The first one stands for none. */
  readonly fields: readonly string[];
  /** In source order, each before its children: depth, type × 2 + 1 if it is named, field, start, end. */
  readonly nodes: Int32Array;
}

const numbersPerNode = 5;

/** Never goes deeper into calls than one level, however deep the tree is. */
export function unpackTree({ types, fields, nodes }: PackedTree): SyntaxNode | undefined {
  const above: MutableNode[] = [];
  for (let at = 0; at < nodes.length; at += numbersPerNode) {
    const type = nodes[at + 1] ?? 0;
    const field = nodes[at + 2] ?? 0;
    const node: MutableNode = {
      type: types[type >> 1] ?? '',
      isNamed: (type & 1) === 1,
      field: field === 0 ? undefined : fields[field],
      start: nodes[at + 3] ?? 0,
      end: nodes[at + 4] ?? 0,
      children: [],
    };
    above.length = nodes[at] ?? 0;
    above.at(-1)?.children.push(node);
    above.push(node);
  }
  return above[0];
}

interface MutableNode extends SyntaxNode {
  readonly children: MutableNode[];
}
