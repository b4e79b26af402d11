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

export const pythonMutations: MutationLanguage = {
  skips({ node, above }, source) {
    switch (node.type) {
      case 'type':
      case 'type_parameter':
      case 'type_alias_statement':
      case 'import_statement':
      case 'import_from_statement':
      case 'future_import_statement':
      case 'decorator':
      case 'comment':
      case 'print_statement':
      case 'exec_statement':
        return true;
      case 'if_statement':
        return /^(?:__name__\s*==|(?:typing\.)?TYPE_CHECKING$)/.test(
          source.textOf(childOf(node, 'condition') ?? node),
        );
      case 'expression_statement':
        return isBareText(node) || isLogStatement(node, source);
      case 'assignment':
        return /^__\w+__$/.test(source.textOf(childOf(node, 'left') ?? node));
      case 'call':
        return isSkippedCall(source.textOf(childOf(node, 'function') ?? node));
      default:
        // What is said when an assertion fails.
        return above?.node.type === 'assert_statement' && node.isNamed && firstNamed(above.node) !== node;
    }
  },
  changes,
  isFunction: ({ type }) => type === 'function_definition' || type === 'lambda',
  nameOf: ({ node }, source) =>
    /^(?:function|class)_definition$/.test(node.type)
      ? source.textOf(childOf(node, 'name') ?? node)
      : undefined,
  isStatement: ({ type }) => /_(?:statement|definition)$|^(?:elif|except|case)_clause$/.test(type),
  runsAtDefinition: ({ type }) => type === 'parameters' || type === 'lambda_parameters',
};

/** A docstring, or a text that does nothing. */
function isBareText(node: SyntaxNode): boolean {
  return /^(?:concatenated_)?string$/.test(firstNamed(node)?.type ?? '');
}

function isLogStatement(node: SyntaxNode, source: SourceText): boolean {
  const call = firstNamed(node);
  return call?.type === 'call' && isSkippedCall(source.textOf(childOf(call, 'function') ?? call));
}

const typeMakers = /^(?:typing\.)?(?:TypeVar|TypeVarTuple|ParamSpec|NewType|cast)$/;

function isSkippedCall(called: string): boolean {
  return isLogging(called) || typeMakers.test(called) || /^(?:warnings\.)?warn$/.test(called);
}

const loops = /^(?:for|while)_statement$/;

function changes(place: Place, source: SourceText): readonly Change[] {
  const { node } = place;
  switch (node.type) {
    case 'binary_operator':
    case 'augmented_assignment':
      return arithmetic(node, source);
    case 'boolean_operator':
      return node.children.filter(({ field }) => field === 'operator').flatMap(swapSign);
    case 'comparison_operator': {
      const signs = node.children.filter(({ field }) => field === 'operators');
      return signs.flatMap(swapSign);
    }
    case 'not_operator':
      return dropFirst('negation', node, childOf(node, 'argument'));
    case 'unary_operator':
      return withoutSign(node, source);
    case 'if_statement':
    case 'elif_clause':
      return forced(childOf(node, 'condition'), ['True', 'False']);
    case 'while_statement':
      return forced(childOf(node, 'condition'), ['False']);
    case 'if_clause':
      return forced(firstNamed(node), ['True', 'False']);
    case 'conditional_expression':
      return forced(node.children.filter(({ isNamed }) => isNamed)[1], ['True', 'False']);
    case 'return_statement':
      return returned(node);
    case 'expression_statement':
      return isCall(firstNamed(node)) ? [replaceNode('removedCall', node, 'pass')] : [];
    case 'raise_statement':
      return /\bNotImplementedError\b/.test(source.textOf(node))
        ? []
        : [replaceNode('removedThrow', node, 'pass')];
    case 'break_statement':
    case 'continue_statement':
      return loopControl(place, source);
    default:
      return literal(place, source);
  }
}

function arithmetic(node: SyntaxNode, source: SourceText): readonly Change[] {
  const sign = node.children.find(({ field }) => field === 'operator');
  const [left, right] = [childOf(node, 'left'), childOf(node, 'right')];
  if (sign === undefined || left === undefined || right === undefined) return [];
  if (isNeutral(sign, right, source)) return [];
  // Only texts and lists are joined by a plus here, and nothing is ever taken from them.
  const joins = /^\+=?$|^%=?$/.test(sign.type) && (isText(left) || isText(right));
  return joins ? [] : swapSign(sign);
}

function isText(node: SyntaxNode): boolean {
  if (/^(?:concatenated_)?string$|^list$|^list_comprehension$/.test(node.type)) return true;
  return node.type === 'binary_operator' && node.children.some((child) => child.isNamed && isText(child));
}

function withoutSign(node: SyntaxNode, source: SourceText): readonly Change[] {
  const operand = childOf(node, 'argument');
  const isSigned = node.children.some(({ type }) => type === '-' || type === '~');
  if (!isSigned || operand === undefined || /^0+$/.test(source.textOf(operand))) return [];
  return dropFirst('arithmetic', node, operand);
}

function forced(condition: SyntaxNode | undefined, values: readonly string[]): readonly Change[] {
  if (condition === undefined || /^(?:true|false|integer)$/.test(condition.type)) return [];
  return values.map((value) => replaceNode('condition', condition, value));
}

function returned(node: SyntaxNode): readonly Change[] {
  const value = firstNamed(node);
  if (value === undefined || /^(?:none|true|false|integer|float|string)$/.test(value.type)) return [];
  return [replaceNode('returnValue', value, 'None')];
}

function isCall(node: SyntaxNode | undefined): boolean {
  if (node?.type === 'await') return isCall(firstNamed(node));
  return node?.type === 'call';
}

function loopControl(place: Place, source: SourceText): readonly Change[] {
  const loop = nearest(place, ({ type }) => loops.test(type), pythonMutations.isFunction)?.node;
  if (loop === undefined) return [];
  if (place.node.type === 'continue_statement') return [replaceNode('loopControl', place.node, 'break')];
  const condition = childOf(loop, 'condition');
  // It would never end, which takes long to see and says little.
  const isEndless = condition !== undefined && /^(?:True|1)$/.test(source.textOf(condition));
  return isEndless ? [] : [replaceNode('loopControl', place.node, 'continue')];
}

function literal({ node, above }: Place, source: SourceText): readonly Change[] {
  const isDefault = /^(?:typed_)?default_parameter$/.test(above?.node.type ?? '') && node.field === 'value';
  const operator = isDefault ? 'defaultArgument' : 'literal';
  switch (node.type) {
    case 'true':
      return [replaceNode(operator, node, 'False')];
    case 'false':
      return [replaceNode(operator, node, 'True')];
    case 'integer':
    case 'float':
      return changeNumber(node, source.textOf(node), operator);
    case 'string': {
      const isPart = above?.node.type === 'concatenated_string';
      return isPart || isMessage({ node, above }) ? [] : changeString(node, quotesOf(node, source), operator);
    }
    case 'concatenated_string': {
      const [first] = node.children.filter(({ type }) => type === 'string');
      if (first === undefined || isMessage({ node, above })) return [];
      const { open, close } = quotesOf(first, source);
      return [replaceNode(operator, node, open + close)];
    }
    default:
      return [];
  }
}

function quotesOf(node: SyntaxNode, source: SourceText): { readonly open: string; readonly close: string } {
  const [first, last] = [node.children[0], node.children.at(-1)];
  return {
    open: first === undefined ? '"' : source.textOf(first),
    close: last === undefined ? '"' : source.textOf(last),
  };
}

/** What an exception says to people. */
function isMessage(place: Place): boolean {
  const raised = nearest(
    place,
    ({ type }) => type === 'raise_statement',
    ({ type }) => /_(?:statement|definition)$|^lambda$/.test(type),
  );
  return raised !== undefined;
}
