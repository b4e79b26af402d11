import type { SyntaxNode } from '../../ports/syntax.ts';
import { changeNumber, changeString } from './literals.ts';
import { isLogging } from './loggingCalls.ts';
import {
  childOf,
  dropFirst,
  firstNamed,
  nearest,
  replaceNode,
  type Change,
  type MutationLanguage,
  type Place,
  type SourceText,
} from './mutationLanguage.ts';
import { isNeutral, swapSign } from './operatorTables.ts';

export const goMutations: MutationLanguage = {
  skips({ node, above }, source) {
    if (node.type.endsWith('_type') || node.type === 'type_arguments') return true;
    switch (node.type) {
      case 'comment':
      case 'package_clause':
      case 'import_declaration':
      case 'type_declaration':
        return true;
      case 'expression_statement':
        return isLogStatement(node, source);
      case 'call_expression':
        return isLogging(source.textOf(childOf(node, 'function') ?? node));
      default:
        // Room for more elements changes no result.
        return above?.node.type === 'argument_list' && isCapacity(node, above, source);
    }
  },
  changes,
  isFunction: ({ type }) => /^(?:function_declaration|method_declaration|func_literal)$/.test(type),
  nameOf({ node }, source) {
    if (!/^(?:function|method)_declaration$/.test(node.type)) return undefined;
    const name = source.textOf(childOf(node, 'name') ?? node);
    const receiver = childOf(node, 'receiver');
    const type =
      receiver === undefined ? '' : (/(\w+)(?:\[[^\]]*\])?\s*\)$/.exec(source.textOf(receiver))?.[1] ?? '');
    return type === '' ? name : `${type}.${name}`;
  },
  isStatement: ({ type }) =>
    /_(?:statement|declaration)$|^(?:expression|type|communication|default)_case$/.test(type),
  runsAtDefinition: () => false,
};

function isLogStatement(node: SyntaxNode, source: SourceText): boolean {
  const call = firstNamed(node);
  return call?.type === 'call_expression' && isLogging(source.textOf(childOf(call, 'function') ?? call));
}

function isCapacity(node: SyntaxNode, list: Place, source: SourceText): boolean {
  const call = list.above?.node;
  const called = call === undefined ? undefined : childOf(call, 'function');
  if (called === undefined || source.textOf(called) !== 'make') return false;
  const given = list.node.children.filter(({ isNamed }) => isNamed);
  return given[2] === node;
}

function changes(place: Place, source: SourceText): readonly Change[] {
  const { node } = place;
  switch (node.type) {
    case 'binary_expression':
    case 'assignment_statement':
      return betweenTwo(node, source);
    case 'unary_expression':
      return unary(node, source);
    case 'inc_statement':
    case 'dec_statement':
      return node.children.filter(({ type }) => type === '++' || type === '--').flatMap(swapSign);
    case 'if_statement':
      return forced(childOf(node, 'condition'), source, ['true', 'false']);
    case 'for_statement':
      return forced(loopCondition(node), source, ['false']);
    case 'return_statement':
      return returned(place, source);
    case 'expression_statement':
      return removedCall(node, source);
    case 'break_statement':
    case 'continue_statement':
      return loopControl(place);
    default:
      return literal(place, source);
  }
}

function betweenTwo(node: SyntaxNode, source: SourceText): readonly Change[] {
  const sign = node.children.find(({ field }) => field === 'operator');
  const [left, right] = [childOf(node, 'left'), childOf(node, 'right')];
  if (sign === undefined || left === undefined || right === undefined) return [];
  if (isNeutral(sign, right, source)) return [];
  if (/^\+=?$/.test(sign.type) && (isText(left) || isText(right))) return [];
  return swapSign(sign);
}

function isText(node: SyntaxNode): boolean {
  if (node.type.endsWith('_string_literal')) return true;
  return /^(?:binary_expression|expression_list)$/.test(node.type) && node.children.some(isText);
}

function unary(node: SyntaxNode, source: SourceText): readonly Change[] {
  const operand = childOf(node, 'operand');
  const sign = node.children[0]?.type;
  if (sign === '!') return dropFirst('negation', node, operand);
  if (sign !== '-' || operand === undefined || /^0+$/.test(source.textOf(operand))) return [];
  return dropFirst('arithmetic', node, operand);
}

/** The condition stays as an operand that decides nothing: what is used nowhere does not build. */
function forced(
  condition: SyntaxNode | undefined,
  source: SourceText,
  values: readonly ('true' | 'false')[],
): readonly Change[] {
  if (condition === undefined || /^(?:true|false)$/.test(condition.type)) return [];
  const written = source.textOf(condition);
  return values.map((value) =>
    replaceNode('condition', condition, value === 'true' ? `true || (${written})` : `false && (${written})`),
  );
}

function loopCondition(loop: SyntaxNode): SyntaxNode | undefined {
  const head = firstNamed(loop);
  if (head === undefined || head.type === 'block' || head.type === 'range_clause') return undefined;
  return head.type === 'for_clause' ? childOf(head, 'condition') : head;
}

const numbers = /^(?:u?int(?:8|16|32|64|ptr)?|float(?:32|64)|byte|rune|complex(?:64|128))$/;
const references = /^(?:pointer|slice|map|channel|function|interface)_type$/;

/** What a result is when nobody gave it a value; undefined where that depends on a type made elsewhere. */
function zeroOf(type: SyntaxNode, source: SourceText): string | undefined {
  const written = source.textOf(type);
  if (references.test(type.type) || written === 'error' || written === 'any') return 'nil';
  if (written === 'bool') return 'false';
  if (written === 'string') return '""';
  return numbers.test(written) ? '0' : undefined;
}

function returned(place: Place, source: SourceText): readonly Change[] {
  const around = nearest(place, goMutations.isFunction, () => false)?.node;
  const result = around === undefined ? undefined : childOf(around, 'result');
  const list = firstNamed(place.node);
  if (result === undefined || list?.type !== 'expression_list') return [];
  const types = resultTypes(result);
  const values = list.children.filter(({ isNamed, type }) => isNamed && type !== 'comment');
  if (types.length !== values.length) return [];
  return values.flatMap((value, at) => {
    const type = types[at];
    const zero = type === undefined || isPlain(value) ? undefined : zeroOf(type, source);
    return zero === undefined ? [] : [replaceNode('returnValue', value, zero)];
  });
}

function resultTypes(result: SyntaxNode): readonly (SyntaxNode | undefined)[] {
  if (result.type !== 'parameter_list') return [result];
  return result.children
    .filter(({ type }) => type === 'parameter_declaration')
    .flatMap((declared) => {
      const names = declared.children.filter(({ field }) => field === 'name').length;
      return Array.from({ length: Math.max(1, names) }, () => childOf(declared, 'type'));
    });
}

function isPlain({ type }: SyntaxNode): boolean {
  return /^(?:true|false|nil|iota)$|_literal$/.test(type) && !/^(?:composite|func)_literal$/.test(type);
}

const builtins =
  /^(?:append|cap|clear|close|complex|copy|delete|imag|len|make|max|min|new|panic|print|println|real|recover)$/;

/** What the call named stays named: a package or variable that is used nowhere does not build. */
function removedCall(node: SyntaxNode, source: SourceText): readonly Change[] {
  const call = firstNamed(node);
  if (call?.type !== 'call_expression') return [];
  const called = childOf(call, 'function');
  const given = childOf(call, 'arguments');
  if (called === undefined || given === undefined) return [];
  const name = source.textOf(called);
  const used = [
    ...(/^(?:identifier|selector_expression)$/.test(called.type) && !builtins.test(name) ? [name] : []),
    ...given.children.filter(({ type }) => type === 'identifier').map((each) => source.textOf(each)),
  ];
  const replacement = used.length === 0 ? '_ = 0' : `${used.map(() => '_').join(', ')} = ${used.join(', ')}`;
  return [replaceNode('removedCall', node, replacement)];
}

function loopControl(place: Place): readonly Change[] {
  const { node } = place;
  if (firstNamed(node) !== undefined) return [];
  const around = nearest(
    place,
    ({ type }) => /^(?:for|expression_switch|type_switch|select)_statement$/.test(type),
    goMutations.isFunction,
  )?.node;
  if (around?.type !== 'for_statement') return [];
  if (node.type === 'continue_statement') return [replaceNode('loopControl', node, 'break')];
  const head = firstNamed(around);
  const isEndless = head === undefined || head.type === 'block';
  // It would never end, which takes long to see and says little.
  return isEndless ? [] : [replaceNode('loopControl', node, 'continue')];
}

function literal(place: Place, source: SourceText): readonly Change[] {
  const { node } = place;
  switch (node.type) {
    case 'true':
    case 'false':
      return node.isNamed ? [replaceNode('literal', node, node.type === 'true' ? 'false' : 'true')] : [];
    case 'int_literal':
    case 'float_literal':
      return changeNumber(node, source.textOf(node));
    case 'interpreted_string_literal':
    case 'raw_string_literal': {
      if (node.field === 'tag' || isMessage(place, source)) return [];
      const quote = source.text[node.start] ?? '"';
      return changeString(node, { open: quote, close: quote });
    }
    default:
      return [];
  }
}

/** What an error says to people. */
function isMessage(place: Place, source: SourceText): boolean {
  const made = nearest(
    place,
    (node) => node.type === 'call_expression' && isErrorMaker(node, source),
    ({ type }) => /_(?:statement|declaration)$|^func_literal$/.test(type),
  );
  return made !== undefined;
}

function isErrorMaker(node: SyntaxNode, source: SourceText): boolean {
  const called = childOf(node, 'function');
  return (
    called !== undefined && /^(?:errors\.New|errors\.Wrapf?|fmt\.Errorf|panic)$/.test(source.textOf(called))
  );
}
