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

/** JavaScript and TypeScript, with tags or without. */
export const scriptMutations: MutationLanguage = {
  skips({ node, above }, source) {
    if (isTypeOnly(node)) return true;
    switch (node.type) {
      case 'comment':
      case 'import_statement':
      case 'decorator':
      case 'regex':
        return true;
      case 'string':
        return node.field === 'source' || above?.node.type === 'jsx_attribute';
      case 'enum_declaration':
        return node.children.some(({ type }) => type === 'const');
      case 'expression_statement':
        return firstNamed(node)?.type === 'string' || isLogStatement(node, source);
      case 'call_expression':
        return isSkippedCall(source.textOf(childOf(node, 'function') ?? node));
      default:
        return false;
    }
  },
  changes,
  isFunction: ({ type }) =>
    /^(?:(?:generator_)?function(?:_declaration|_expression)?|arrow_function|method_definition)$/.test(type),
  nameOf,
  isStatement: ({ type }) =>
    /_(?:statement|declaration)$|^(?:method_definition|public_field_definition|field_definition|switch_case)$/.test(
      type,
    ),
  // Default values are evaluated with each call.
  runsAtDefinition: () => false,
};

function isLogStatement(node: SyntaxNode, source: SourceText): boolean {
  const call = firstNamed(node);
  return call?.type === 'call_expression' && isSkippedCall(source.textOf(childOf(call, 'function') ?? call));
}

function isSkippedCall(called: string): boolean {
  return isLogging(called) || /^(?:require|require\.resolve|import)$/.test(called);
}

/** What a compiler takes away. */
function isTypeOnly({ type, field }: SyntaxNode): boolean {
  if (type === 'type_annotation' || type === 'type_arguments' || type === 'type_parameters') return true;
  if (/^(?:interface|type_alias|ambient)_declaration$|_signature$/.test(type)) return true;
  return type.endsWith('_type') || (field === 'type' && type !== 'identifier');
}

function nameOf({ node, above }: Place, source: SourceText): string | undefined {
  const own = childOf(node, 'name');
  if (
    /^(?:(?:generator_)?function(?:_declaration|_expression)?|method_definition|(?:abstract_)?class(?:_declaration)?)$/.test(
      node.type,
    )
  )
    if (own !== undefined) return source.textOf(own);
  if (!scriptMutations.isFunction(node) && node.type !== 'class') return undefined;
  const holder = above?.node;
  const name =
    holder === undefined ||
    !/^(?:variable_declarator|pair|assignment_expression|(?:public_)?field_definition)$/.test(holder.type)
      ? undefined
      : (childOf(holder, 'name') ??
        childOf(holder, 'key') ??
        childOf(holder, 'left') ??
        childOf(holder, 'property'));
  return name === undefined ? undefined : source.textOf(name);
}

function changes(place: Place, source: SourceText): readonly Change[] {
  const { node, above } = place;
  const isResult = above?.node.type === 'arrow_function' && node.field === 'body';
  const result = isResult && node.type !== 'statement_block' ? returned(node) : [];
  return [...result, ...ownChanges(place, source)];
}

function ownChanges(place: Place, source: SourceText): readonly Change[] {
  const { node } = place;
  switch (node.type) {
    case 'binary_expression':
    case 'augmented_assignment_expression':
      return betweenTwo(place, source);
    case 'unary_expression':
      return unary(place, source);
    case 'update_expression':
      return node.children.filter(({ field }) => field === 'operator').flatMap(swapSign);
    case 'if_statement':
      return forced(childOf(node, 'condition'), ['true', 'false']);
    case 'ternary_expression':
      return forced(childOf(node, 'condition'), ['true', 'false']);
    case 'while_statement':
    case 'do_statement':
      return forced(childOf(node, 'condition'), ['false']);
    case 'for_statement':
      return forced(childOf(node, 'condition'), ['false']);
    case 'return_statement':
      return returned(firstNamed(node));
    case 'expression_statement':
      return isCall(firstNamed(node)) ? [replaceNode('removedCall', node, ';')] : [];
    case 'throw_statement':
      return [replaceNode('removedThrow', node, ';')];
    case 'break_statement':
    case 'continue_statement':
      return loopControl(place);
    default:
      return literal(place, source);
  }
}

function betweenTwo({ node, above }: Place, source: SourceText): readonly Change[] {
  const sign = node.children.find(({ field }) => field === 'operator');
  const [left, right] = [childOf(node, 'left'), childOf(node, 'right')];
  if (sign === undefined || left === undefined || right === undefined || sign.type === 'in') return [];
  if (isNeutral(sign, right, source)) return [];
  // Only texts are joined with a text.
  if (/^\+=?$/.test(sign.type) && (isText(left) || isText(right))) return [];
  // The language does not let both stand side by side.
  if (sign.type === '??' && [left, right, above?.node].some((each) => each !== undefined && isNullish(each)))
    return [];
  return swapSign(sign);
}

function isNullish(node: SyntaxNode): boolean {
  return node.type === 'binary_expression' && node.children.some(({ type }) => type === '??');
}

function isText(node: SyntaxNode): boolean {
  if (node.type === 'string' || node.type === 'template_string') return true;
  return node.type === 'binary_expression' && node.children.some((child) => child.isNamed && isText(child));
}

function unary({ node, above }: Place, source: SourceText): readonly Change[] {
  const operand = childOf(node, 'argument');
  const sign = node.children[0]?.type;
  // A statement that begins with its operand could be read as something else.
  if (operand === undefined || above?.node.type === 'expression_statement') return [];
  if (sign === '!') return dropFirst('negation', node, operand);
  if ((sign !== '-' && sign !== '~') || /^0+$/.test(source.textOf(operand))) return [];
  // A power takes no sign before it, so the sign is not alone what makes this parse.
  return dropFirst('arithmetic', node, operand);
}

function forced(condition: SyntaxNode | undefined, values: readonly string[]): readonly Change[] {
  if (condition === undefined) return [];
  const inner = condition.type === 'parenthesized_expression' ? firstNamed(condition) : condition;
  if (inner === undefined || /^(?:true|false|number)$/.test(inner.type)) return [];
  return values.map((value) => replaceNode('condition', inner, value));
}

const plainValues = /^(?:true|false|null|undefined|number|string)$/;

function returned(value: SyntaxNode | undefined): readonly Change[] {
  if (value === undefined || plainValues.test(value.type)) return [];
  const inner = value.type === 'parenthesized_expression' ? firstNamed(value) : value;
  return [replaceNode('returnValue', value, inner?.type.startsWith('jsx_') === true ? 'null' : 'undefined')];
}

function isCall(node: SyntaxNode | undefined): boolean {
  if (node?.type === 'await_expression') return isCall(firstNamed(node));
  if (node?.type !== 'call_expression') return false;
  const called = childOf(node, 'function')?.type;
  return called !== 'super' && called !== 'import';
}

const loops = /^(?:for|for_in|while|do)_statement$/;

function loopControl(place: Place): readonly Change[] {
  const { node } = place;
  if (childOf(node, 'label') !== undefined) return [];
  const around = nearest(
    place,
    ({ type }) => loops.test(type) || type === 'switch_statement',
    scriptMutations.isFunction,
  )?.node;
  if (around === undefined || around.type === 'switch_statement') return [];
  const words = node.type === 'continue_statement' ? ['continue', 'break'] : ['break', 'continue'];
  const [from = '', to = ''] = words;
  if (from === 'break' && isEndless(around)) return [];
  return [{ operator: 'loopControl', start: node.start, end: node.start + from.length, replacement: to }];
}

/** Without what leaves it, it would never end, which takes long to see and says little. */
function isEndless(loop: SyntaxNode): boolean {
  if (loop.type === 'for_in_statement') return false;
  const condition = childOf(loop, 'condition');
  const inner = condition?.type === 'parenthesized_expression' ? firstNamed(condition) : condition;
  return (
    inner === undefined ||
    inner.type === 'true' ||
    inner.type === 'number' ||
    inner.type === 'empty_statement'
  );
}

function literal({ node, above }: Place, source: SourceText): readonly Change[] {
  const holder = above?.node.type ?? '';
  const isDefault =
    (/^(?:required|optional)_parameter$/.test(holder) && node.field === 'value') ||
    (holder.endsWith('assignment_pattern') && node.field === 'right');
  const operator = isDefault ? 'defaultArgument' : 'literal';
  switch (node.type) {
    case 'true':
    case 'false':
      return node.isNamed ? [replaceNode(operator, node, node.type === 'true' ? 'false' : 'true')] : [];
    case 'number':
      return node.isNamed ? changeNumber(node, source.textOf(node), operator) : [];
    case 'string':
    case 'template_string': {
      if (!node.isNamed || holder === 'call_expression' || isMessage({ node, above }, source)) return [];
      const quote = source.text[node.start] ?? "'";
      return changeString(node, { open: quote, close: quote }, operator);
    }
    default:
      return [];
  }
}

/** What an error says to people. */
function isMessage(place: Place, source: SourceText): boolean {
  const thrown = nearest(
    place,
    (node) => node.type === 'throw_statement' || isError(node, source),
    ({ type }) => /_(?:statement|declaration)$|^arrow_function$/.test(type),
  );
  return thrown !== undefined;
}

function isError(node: SyntaxNode, source: SourceText): boolean {
  if (node.type !== 'new_expression') return false;
  const made = childOf(node, 'constructor');
  return made !== undefined && source.textOf(made).endsWith('Error');
}
