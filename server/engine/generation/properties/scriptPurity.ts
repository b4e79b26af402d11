import type { SyntaxNode } from '../../ports/syntax.ts';
import { scriptForbidden } from '../candidates/hygiene/forbiddenCalls.ts';
import { namedParts, nodesOf, partOf } from '../candidates/treeText.ts';
import { exportedNames } from './exportedNames.ts';
import { boundNames, type PurityLanguage, type TopPart, type Words } from './purityLanguage.ts';

/** JavaScript and TypeScript, with tags or without. */
export const scriptPurity: PurityLanguage = {
  parts(root, words) {
    const exported = exportedNames(root, words);
    return root.children.flatMap((statement) => partsOf(statement, exported, words));
  },
  locals({ node, parameters }, words) {
    const bound = [...nodesOf(node)].flatMap((each) => (each === node ? [] : bindings(each, words)));
    const anew = [...nodesOf(node)]
      .filter(({ type }) => type === 'assignment_expression')
      .flatMap((each) => boundNames(partOf(each, 'left'), words))
      .filter((name) => parameters.has(name));
    return new Set([...bound, ...anew]);
  },
  reassigned: (root, words) =>
    [...nodesOf(root)].flatMap((node) => targetsOf(node).flatMap((target) => boundNames(target, words))),
  skips: ({ type }) =>
    /^(?:comment|import_statement|type_annotation|type_arguments|type_parameters|type_predicate_annotation|(?:interface|type_alias)_declaration)$/u.test(
      type,
    ),
  forbids(node, words) {
    const called = node.type === 'call_expression' ? partOf(node, 'function') : undefined;
    if (called?.type === 'member_expression') return effects.test(words(partOf(called, 'property')));
    return /^(?:ERROR|this|await_expression|yield_expression|async|import)$/u.test(node.type);
  },
  changed(node, words) {
    const targets = targetsOf(node);
    if (targets.length > 0) return targets.flatMap(accesses);
    const called = node.type === 'call_expression' ? partOf(node, 'function') : undefined;
    if (called?.type !== 'member_expression') return [];
    const object = partOf(called, 'object');
    const method = words(partOf(called, 'property'));
    const isReflection = /^(?:Object|Reflect)$/u.test(words(object));
    if (isReflection && /^(?:assign|define\w+|freeze|seal|set\w*|deleteProperty)$/u.test(method))
      return namedParts(partOf(node, 'arguments') ?? node).slice(0, 1);
    return object !== undefined && mutating.test(method) ? [object] : [];
  },
  isRebinding: (node) => node.type !== 'unary_expression' && targetsOf(node).length > 0,
  isName: ({ type }) => type === 'identifier' || type === 'shorthand_property_identifier',
  isHarmless: (name, full) => full === undefined && globals.has(name),
  forbidden: scriptForbidden,
};

function partsOf(statement: SyntaxNode, exported: ReadonlySet<string>, words: Words): readonly TopPart[] {
  const declared = statement.type === 'export_statement' ? partOf(statement, 'declaration') : statement;
  if (declared === undefined) return [];
  const name = words(partOf(declared, 'name'));
  if (declared.type === 'function_declaration') return [functionPart(name, declared, exported, words)];
  if (declared.type === 'class_declaration')
    return [{ name, node: declared, parameters: new Set(), isOffered: false }];
  if (declared.type !== 'lexical_declaration' && declared.type !== 'variable_declaration') return [];
  return namedParts(declared).flatMap((declarator) => {
    const value = partOf(declarator, 'value');
    const own = partOf(declarator, 'name');
    if (value === undefined || own?.type !== 'identifier') return [];
    return /^(?:arrow_function|function_expression)$/u.test(value.type)
      ? [functionPart(words(own), value, exported, words)]
      : [{ name: words(own), node: value, parameters: new Set<string>(), isOffered: false }];
  });
}

function functionPart(name: string, node: SyntaxNode, exported: ReadonlySet<string>, words: Words): TopPart {
  const parameters = new Set(parameterNames(node, words));
  const returns =
    (node.type === 'arrow_function' && partOf(node, 'body')?.type !== 'statement_block') ||
    [...nodesOf(node)].some((each) => each.type === 'return_statement' && namedParts(each).length > 0);
  return { name, node, parameters, isOffered: returns && parameters.size > 0 && exported.has(name) };
}

function parameterNames(node: SyntaxNode, words: Words): readonly string[] {
  return boundNames(partOf(node, 'parameters') ?? partOf(node, 'parameter'), words);
}

function bindings(node: SyntaxNode, words: Words): readonly string[] {
  switch (node.type) {
    case 'variable_declarator':
      return boundNames(partOf(node, 'name'), words);
    case 'for_in_statement':
      return partOf(node, 'kind') === undefined ? [] : boundNames(partOf(node, 'left'), words);
    case 'catch_clause':
      return boundNames(partOf(node, 'parameter'), words);
    case 'function_declaration':
    case 'function_expression':
    case 'arrow_function':
    case 'method_definition':
      return [...boundNames(partOf(node, 'name'), words), ...parameterNames(node, words)];
    default:
      return [];
  }
}

/** What is given another value, or taken away. */
function targetsOf(node: SyntaxNode): readonly SyntaxNode[] {
  const isDelete = node.type === 'unary_expression' && node.children[0]?.type === 'delete';
  const field = /^(?:augmented_)?assignment_expression$/u.test(node.type)
    ? 'left'
    : node.type === 'update_expression' || isDelete
      ? 'argument'
      : node.type === 'for_in_statement' && partOf(node, 'kind') === undefined
        ? 'left'
        : undefined;
  const target = field === undefined ? undefined : partOf(node, field);
  return target === undefined ? [] : [target];
}

/** The variables and places in objects that a target names. */
function accesses(target: SyntaxNode): readonly SyntaxNode[] {
  return target.type.endsWith('_pattern') ? namedParts(target).flatMap(accesses) : [target];
}

const mutating =
  /^(?:push|pop|shift|unshift|splice|sort|reverse|fill|copyWithin|set\w*|add|delete|clear|append)$/u;

/** Methods whose result depends on the machine, or that do something there. */
const effects =
  /^(?:toLocale\w*|localeCompare|get(?:FullYear|Month|Date|Day|Hours|Minutes|Seconds|TimezoneOffset)|read\w*|write\w*|send|emit|fetch|query|execute|connect|close|then|addEventListener|appendChild)$/u;

const globals: ReadonlySet<string> = new Set(
  (
    'Array ArrayBuffer BigInt Boolean DataView Date Error EvalError Float32Array Float64Array Infinity Int16Array Int32Array ' +
    'Int8Array JSON Map Math NaN Number Object RangeError ReferenceError RegExp Set String Symbol SyntaxError TypeError ' +
    'TextDecoder TextEncoder URIError URL URLSearchParams Uint16Array Uint32Array Uint8Array Uint8ClampedArray WeakMap WeakSet ' +
    'decodeURI decodeURIComponent encodeURI encodeURIComponent isFinite isNaN parseFloat parseInt structuredClone undefined'
  ).split(' '),
);
