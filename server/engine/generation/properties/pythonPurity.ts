import type { SyntaxNode } from '../../ports/syntax.ts';
import { pythonForbidden } from '../candidates/hygiene/forbiddenCalls.ts';
import { namedParts, nodesOf, partOf } from '../candidates/treeText.ts';
import { boundNames, type PurityLanguage, type TopPart, type Words } from './purityLanguage.ts';

export const pythonPurity: PurityLanguage = {
  parts: (root, words) => root.children.flatMap((statement) => partsOf(statement, words)),
  locals: ({ node }, words) =>
    new Set([...nodesOf(node)].flatMap((each) => (each === node ? [] : bindings(each, words)))),
  reassigned(root, words) {
    const once = new Set<string>();
    const twice = root.children
      .flatMap((statement) => partsOf(statement, words))
      .filter(({ name }) => once.size === once.add(name).size)
      .map(({ name }) => name);
    const declared = [...nodesOf(root)].filter(({ type }) => type === 'global_statement');
    return [...twice, ...declared.flatMap((node) => namedParts(node).map(words))];
  },
  skips: ({ type }) => /^(?:type|comment|import_statement|import_from_statement)$/u.test(type),
  forbids({ type, field, children }, words) {
    if (type === 'call') {
      const method = children.find((child) => child.field === 'function' && child.type === 'attribute');
      return method !== undefined && effects.test(words(partOf(method, 'attribute')));
    }
    if (type === 'async' && field === undefined) return true;
    return /^(?:ERROR|await|yield|(?:global|nonlocal|with|exec|print)_statement)$/u.test(type);
  },
  changed(node, words) {
    if (node.type === 'assignment' || node.type === 'augmented_assignment')
      return accesses(partOf(node, 'left'));
    if (node.type === 'delete_statement') return namedParts(node).flatMap(accesses);
    const called = node.type === 'call' ? partOf(node, 'function') : undefined;
    const object = called?.type === 'attribute' ? partOf(called, 'object') : undefined;
    return object !== undefined && mutating.test(words(called && partOf(called, 'attribute')))
      ? [object]
      : [];
  },
  isRebinding: () => false,
  isName: ({ type, field }) => type === 'identifier' && field !== 'attribute' && field !== 'name',
  isHarmless(name, full) {
    if (full === undefined) return builtins.has(name) || modules.has(name) || errors.test(name);
    return modules.has(full) || modules.has(full.slice(0, full.lastIndexOf('.')));
  },
  forbidden: pythonForbidden,
};

function partsOf(statement: SyntaxNode, words: Words): readonly TopPart[] {
  const defined = partOf(statement, 'definition') ?? statement;
  const name = words(partOf(defined, 'name'));
  if (defined.type === 'class_definition')
    return [{ name, node: defined, parameters: new Set(), isOffered: false }];
  if (defined.type === 'function_definition') {
    const parameters = new Set(boundNames(partOf(defined, 'parameters'), words));
    const isPlain = statement.children
      .filter(({ type }) => type === 'decorator')
      .every((each) => /^@(?:functools\.)?(?:lru_cache|cache)\b/u.test(words(each)));
    const returns = [...nodesOf(defined)].some(
      (node) => node.type === 'return_statement' && namedParts(node).length > 0,
    );
    const isOffered = isPlain && returns && parameters.size > 0 && !/^(?:_|test)/u.test(name);
    return [{ name, node: defined, parameters, isOffered }];
  }
  const [inner] = statement.type === 'expression_statement' ? statement.children : [];
  if (inner?.type !== 'assignment') return [];
  const value = partOf(inner, 'right');
  const left = partOf(inner, 'left');
  return value === undefined || left?.type !== 'identifier'
    ? []
    : [{ name: words(left), node: value, parameters: new Set(), isOffered: false }];
}

function bindings(node: SyntaxNode, words: Words): readonly string[] {
  switch (node.type) {
    case 'assignment':
    case 'for_statement':
    case 'for_in_clause':
      return boundNames(partOf(node, 'left'), words);
    case 'named_expression':
    case 'class_definition':
      return boundNames(partOf(node, 'name'), words);
    case 'function_definition':
      return [words(partOf(node, 'name')), ...boundNames(partOf(node, 'parameters'), words)];
    case 'lambda':
      return boundNames(partOf(node, 'parameters'), words);
    case 'as_pattern_target':
      return boundNames(node, words);
    default:
      return [];
  }
}

/** The places in objects that a target names; a plain variable is none. */
function accesses(target: SyntaxNode | undefined): readonly SyntaxNode[] {
  if (target === undefined) return [];
  if (target.type === 'attribute' || target.type === 'subscript') return [target];
  return /_pattern$|_list$|^pattern/u.test(target.type) ? namedParts(target).flatMap(accesses) : [];
}

const mutating =
  /^(?:append|extend|insert|pop|popitem|popleft|appendleft|extendleft|remove|discard|clear|sort|reverse|update|add|setdefault|subtract|move_to_end)$/u;

const effects =
  /^(?:read\w*|write\w*|open|close|flush|seek|send\w*|recv\w*|connect|execute\w*|commit|rollback|fetch\w*|mkdir|unlink|rmdir|touch|rename|exists|is_file|is_dir|iterdir|glob|rglob|stat|resolve|absolute|acquire|release|astimezone|fromtimestamp)$/u;

const errors = /^[A-Z]\w*(?:Error|Exception|Warning)$|^Exception$|^StopIteration$/u;

const builtins: ReadonlySet<string> = new Set(
  (
    'abs all any ascii bin bool bytearray bytes callable chr complex dict divmod enumerate filter float format frozenset ' +
    'getattr hasattr hex int isinstance issubclass iter len list map max min next oct ord pow range repr reversed round set ' +
    'slice sorted str sum tuple type zip object super property classmethod staticmethod NotImplemented Ellipsis'
  ).split(' '),
);

const modules: ReadonlySet<string> = new Set(
  (
    'abc base64 binascii bisect calendar cmath collections collections.abc colorsys copy dataclasses datetime decimal difflib ' +
    'enum fractions functools hashlib heapq html ipaddress itertools json math numbers operator posixpath re shlex statistics ' +
    'string struct textwrap types typing typing_extensions unicodedata urllib.parse zlib __future__'
  ).split(' '),
);
