import type { MutationOperator } from '../../../protocol/mutants.ts';
import type { SyntaxNode } from '../../ports/syntax.ts';

/** A node with what it stands in. */
export interface Place {
  readonly node: SyntaxNode;
  readonly above: Place | undefined;
}

/** The text that the nodes are of. */
export interface SourceText {
  readonly text: string;
  textOf(node: SyntaxNode): string;
}

/** Other words for a part of the text. */
export interface Change {
  readonly operator: MutationOperator;
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
}

/** How the code of one language is changed into a wrong one that still parses. */
export interface MutationLanguage {
  /** Neither the node nor anything in it is changed. */
  readonly skips: (place: Place, source: SourceText) => boolean;
  readonly changes: (place: Place, source: SourceText) => readonly Change[];
  /** Whether what stands in the node runs when it is called, and not when the file is loaded. */
  readonly isFunction: (node: SyntaxNode) => boolean;
  /** The name that a function or class goes by; undefined: the node is neither, or it has none. */
  readonly nameOf: (place: Place, source: SourceText) => string | undefined;
  readonly isStatement: (node: SyntaxNode) => boolean;
  /** Whether the node is evaluated when the function around it is defined. */
  readonly runsAtDefinition: (node: SyntaxNode) => boolean;
}

export function childOf(node: SyntaxNode, field: string): SyntaxNode | undefined {
  return node.children.find((child) => child.field === field && child.isNamed);
}

/** The first named child that is no comment. */
export function firstNamed(node: SyntaxNode): SyntaxNode | undefined {
  return node.children.find((child) => child.isNamed && child.type !== 'comment');
}

/** The nearest place above that is of one of the types, not crossing one that `stops`. */
export function nearest(
  place: Place,
  wanted: (node: SyntaxNode) => boolean,
  stops: (node: SyntaxNode) => boolean,
): Place | undefined {
  for (let at = place.above; at !== undefined; at = at.above) {
    if (wanted(at.node)) return at;
    if (stops(at.node)) return undefined;
  }
  return undefined;
}

export function replaceNode(
  operator: MutationOperator,
  { start, end }: SyntaxNode,
  replacement: string,
): Change {
  return { operator, start, end, replacement };
}

/** Without the node's first token, such as `not` or `!`. */
export function dropFirst(
  operator: MutationOperator,
  node: SyntaxNode,
  rest: SyntaxNode | undefined,
): readonly Change[] {
  return rest === undefined ? [] : [{ operator, start: node.start, end: rest.start, replacement: '' }];
}
