import type { MutationOperator } from '../../../protocol/mutants.ts';
import type { SyntaxNode } from '../../ports/syntax.ts';
import { replaceNode, type Change } from './mutationLanguage.ts';

/** 0 becomes 1, 1 becomes 0, any other number the next one; none where that cannot be written. */
export function changeNumber(
  node: SyntaxNode,
  text: string,
  operator: MutationOperator = 'literal',
): readonly Change[] {
  const next = nextNumber(text);
  return next === undefined ? [] : [replaceNode(operator, node, next)];
}

function nextNumber(text: string): string | undefined {
  const [, digits = '', suffix = ''] = /^([\d_]*\.?[\d_]+|[\d_]+\.?|0[xX][\da-fA-F_]+)(n?)$/.exec(text) ?? [];
  const plain = digits.replaceAll('_', '');
  // Octal as C writes it.
  if (plain === '' || /^0\d/.test(plain)) return undefined;
  const value = Number(plain);
  if (!Number.isFinite(value) || Math.abs(value) >= Number.MAX_SAFE_INTEGER) return undefined;
  if (plain.includes('.')) return fraction(plain, value);
  if (value === 1) return `0${suffix}`;
  return `${value + 1}${suffix}`;
}

function fraction(written: string, value: number): string {
  const digits = written.length - written.indexOf('.') - 1;
  return value === 1 ? '0.0' : (value + 1).toFixed(Math.max(1, Math.min(digits, 20)));
}

/** An empty text becomes one with something in it, any other one empty. `open` and `close` are its quotes. */
export function changeString(
  node: SyntaxNode,
  quotes: { readonly open: string; readonly close: string },
  operator: MutationOperator = 'literal',
): readonly Change[] {
  const { open, close } = quotes;
  const isEmpty = node.end - node.start === open.length + close.length;
  return [replaceNode(operator, node, isEmpty ? `${open}mutant${close}` : `${open}${close}`)];
}
