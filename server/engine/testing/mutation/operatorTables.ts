import type { MutationOperator } from '../../../protocol/mutants.ts';
import type { SyntaxNode } from '../../ports/syntax.ts';
import type { Change, SourceText } from './mutationLanguage.ts';
import { replaceNode } from './mutationLanguage.ts';

/** What a sign becomes, by what that is called. */
type Swaps = Readonly<Record<string, readonly (readonly [MutationOperator, string])[]>>;

const swaps: Swaps = {
  '+': [['arithmetic', '-']],
  '-': [['arithmetic', '+']],
  '*': [['arithmetic', '/']],
  '/': [['arithmetic', '*']],
  '%': [['arithmetic', '*']],
  '**': [['arithmetic', '*']],
  '//': [['arithmetic', '/']],
  '&': [['arithmetic', '|']],
  '|': [['arithmetic', '&']],
  '^': [['arithmetic', '&']],
  '<<': [['arithmetic', '>>']],
  '>>': [['arithmetic', '<<']],
  '>>>': [['arithmetic', '<<']],
  '<': [
    ['boundary', '<='],
    ['comparison', '>='],
  ],
  '<=': [
    ['boundary', '<'],
    ['comparison', '>'],
  ],
  '>': [
    ['boundary', '>='],
    ['comparison', '<='],
  ],
  '>=': [
    ['boundary', '>'],
    ['comparison', '<'],
  ],
  '==': [['comparison', '!=']],
  '!=': [['comparison', '==']],
  '===': [['comparison', '!==']],
  '!==': [['comparison', '===']],
  is: [['comparison', 'is not']],
  'is not': [['comparison', 'is']],
  in: [['comparison', 'not in']],
  'not in': [['comparison', 'in']],
  and: [['boolean', 'or']],
  or: [['boolean', 'and']],
  '&&': [['boolean', '||']],
  '||': [['boolean', '&&']],
  '??': [['boolean', '&&']],
  '+=': [['arithmetic', '-=']],
  '-=': [['arithmetic', '+=']],
  '*=': [['arithmetic', '/=']],
  '/=': [['arithmetic', '*=']],
  '%=': [['arithmetic', '*=']],
  '//=': [['arithmetic', '/=']],
  '**=': [['arithmetic', '*=']],
  '&=': [['arithmetic', '|=']],
  '|=': [['arithmetic', '&=']],
  '^=': [['arithmetic', '&=']],
  '<<=': [['arithmetic', '>>=']],
  '>>=': [['arithmetic', '<<=']],
  '++': [['arithmetic', '--']],
  '--': [['arithmetic', '++']],
};

/** What the sign between two operands can become. */
export function swapSign(sign: SyntaxNode): readonly Change[] {
  if (!Object.hasOwn(swaps, sign.type)) return [];
  return (swaps[sign.type] ?? []).map(([operator, text]) => replaceNode(operator, sign, text));
}

/** Adding nothing, or multiplying by one, says the same with the other sign. */
export function isNeutral(sign: SyntaxNode, right: SyntaxNode, source: SourceText): boolean {
  const operand = source.textOf(right);
  if (/^0+(?:\.0*)?$/.test(operand)) return /^(?:[+\-|^]|<<|>>>?)=?$/.test(sign.type);
  return /^1(?:\.0*)?$/.test(operand) && /^(?:\*\*?|\/\/?)=?$/.test(sign.type);
}
