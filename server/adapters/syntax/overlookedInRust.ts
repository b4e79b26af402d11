import type { Node } from '@vscode/tree-sitter-wasm';

/** What the grammar for Rust lets pass and its compiler does not; undefined: nothing of it. */
export function findOverlookedInRust(root: Node): Node | undefined {
  const of = (...types: string[]): readonly Node[] =>
    root.descendantsOfType(types).filter((node) => node !== null);
  return (
    root.namedChildren.find((node) => node !== null && isStatement(node)) ??
    of('identifier', 'type_identifier', 'field_identifier').find(isKeyword) ??
    of('parameters').flatMap(childrenOf).find(isNamelessParameter) ??
    of('declaration_list').flatMap(childrenOf).find(isForeignItem) ??
    of('line_comment', 'inner_attribute_item').find(comesTooLate) ??
    of('line_comment', 'attribute_item').find(documentsNothing) ??
    undefined
  );
}

function childrenOf(node: Node): readonly Node[] {
  return node.namedChildren.filter((child) => child !== null);
}

/** A macro is called as a statement is, and may stand for items. */
function isStatement(node: Node): boolean {
  if (node.type === 'let_declaration') return true;
  return node.type === 'expression_statement' && node.namedChild(0)?.type !== 'macro_invocation';
}

/** Those that no edition lets be a name. */
const keywords: ReadonlySet<string> = new Set(
  (
    'as break const continue else enum extern false fn for if impl in let loop match mod move mut pub ref return ' +
    'static struct trait true type unsafe use where while'
  ).split(' '),
);

/** What a macro is given may be any word, and lifetimes have names of their own. */
function isKeyword({ text, parent }: Node): boolean {
  return keywords.has(text) && !/^(?:token_|lifetime$|label$)/.test(parent?.type ?? '');
}

const parameterTypes =
  /^(?:parameter|self_parameter|variadic_parameter|attribute_item|.*_comment|macro_invocation)$/;

/** Only declarations without a body may give types alone. */
function isNamelessParameter({ type, parent }: Node): boolean {
  return parent?.parent?.type === 'function_item' && !parameterTypes.test(type);
}

const memberTypes =
  /^(?:function_item|function_signature_item|const_item|type_item|associated_type|macro_invocation|empty_statement|attribute_item|inner_attribute_item|.*_comment|expression_statement)$/;

function isForeignItem({ type, parent }: Node): boolean {
  const owner = parent?.parent?.type;
  return (owner === 'impl_item' || owner === 'trait_item') && !memberTypes.test(type);
}

/** What is said of the file or block from within stands before everything else of it. */
function comesTooLate(node: Node): boolean {
  if (node.type === 'line_comment' && !startsWith(node, 'inner_doc_comment_marker')) return false;
  for (let before = node.previousNamedSibling; before !== null; before = before.previousNamedSibling)
    if (!/^(?:inner_attribute_item|.*_comment|shebang)$/.test(before.type)) return true;
  return false;
}

/** In the middle of an expression, or behind everything that could have it. */
function documentsNothing(node: Node): boolean {
  if (node.type === 'attribute_item') return isLast(node);
  if (startsWith(node, 'outer_doc_comment_marker') && isLast(node)) return true;
  return (
    startsWith(node, 'outer_doc_comment_marker') &&
    /^(?:call|field)_expression$/.test(node.parent?.type ?? '')
  );
}

function isLast(node: Node): boolean {
  if (!/^(?:source_file|block|.*_list)$/.test(node.parent?.type ?? '')) return false;
  let next = node.nextNamedSibling;
  while (next !== null && /^(?:attribute_item|.*_comment)$/.test(next.type)) next = next.nextNamedSibling;
  return next === null;
}

function startsWith(node: Node, type: string): boolean {
  return node.namedChild(0)?.type === type;
}
