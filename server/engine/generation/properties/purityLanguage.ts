import type { SyntaxNode } from '../../ports/syntax.ts';
import type { ForbiddenCall } from '../candidates/hygiene/forbiddenCalls.ts';
import { namedParts, partOf } from '../candidates/treeText.ts';

/** The text of a node as written; empty for none. */
export type Words = (node: SyntaxNode | undefined) => string;

/** A function, class or constant at the top of a file. */
export interface TopPart {
  readonly name: string;
  /** What runs when it is used: the function with its parameters, or the value of the constant. */
  readonly node: SyntaxNode;
  readonly parameters: ReadonlySet<string>;
  /** A function that tests can import, that is given something and returns something. */
  readonly isOffered: boolean;
}

/** What one language says about results that depend on nothing but what is given. */
export interface PurityLanguage {
  readonly parts: (root: SyntaxNode, words: Words) => readonly TopPart[];
  /** Names that are bound in the part itself, those of nested functions included. */
  readonly locals: (part: TopPart, words: Words) => ReadonlySet<string>;
  /** Names of the top that get another value somewhere. */
  readonly reassigned: (root: SyntaxNode, words: Words) => readonly string[];
  /** Neither the node nor anything in it runs. */
  readonly skips: (node: SyntaxNode) => boolean;
  /** Speaks against purity wherever it stands. */
  readonly forbids: (node: SyntaxNode, words: Words) => boolean;
  /** What the node changes in place, such as `items` in `items.append(1)`. */
  readonly changed: (node: SyntaxNode, words: Words) => readonly SyntaxNode[];
  /** Whether the node only gives variables another value, so that nothing outside of the part sees it. */
  readonly isRebinding: (node: SyntaxNode) => boolean;
  readonly isName: (node: SyntaxNode) => boolean;
  /** Whether a name that the file does not declare stands for something pure; `full`: what it was imported as. */
  readonly isHarmless: (name: string, full: string | undefined) => boolean;
  readonly forbidden: readonly ForbiddenCall[];
}

/** Names that a parameter list or the left side of an assignment binds. */
export function boundNames(node: SyntaxNode | undefined, words: Words): readonly string[] {
  if (node === undefined) return [];
  switch (node.type) {
    case 'attribute':
    case 'subscript':
    case 'member_expression':
    case 'subscript_expression':
    case 'type':
    case 'type_annotation':
      return [];
    case 'identifier':
    case 'shorthand_property_identifier_pattern':
      return [words(node)];
    case 'pair_pattern':
      return boundNames(partOf(node, 'value'), words);
    case 'assignment_pattern':
    case 'object_assignment_pattern':
      return boundNames(partOf(node, 'left') ?? namedParts(node)[0], words);
    case 'required_parameter':
    case 'optional_parameter':
      return boundNames(partOf(node, 'pattern'), words);
    case 'default_parameter':
    case 'typed_default_parameter':
      return boundNames(partOf(node, 'name'), words);
    default:
      return namedParts(node).flatMap((part) => boundNames(part, words));
  }
}

/** The variable that an access begins with; undefined: it begins with something else, such as a call. */
export function rootOf(node: SyntaxNode): SyntaxNode | undefined {
  if (node.type === 'identifier') return node;
  if (!/^(?:attribute|subscript|member_expression|subscript_expression)$/u.test(node.type)) return undefined;
  const [first] = node.children;
  return first === undefined ? undefined : rootOf(first);
}
