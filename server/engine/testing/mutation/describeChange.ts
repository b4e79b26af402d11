import type { Mutant } from '../../../protocol/mutants.ts';

const maxShown = 60;

/** What a change did, for people and models; lines count from one there. */
export function describeChange({
  operator,
  original,
  replacement,
  line,
}: Pick<Mutant, 'operator' | 'original' | 'replacement' | 'line'>): string {
  const [from, to] = [quote(original), quote(replacement)];
  const where = `in line ${line + 1}`;
  switch (operator) {
    case 'removedCall':
      return `the call ${from} was removed ${where}`;
    case 'removedThrow':
    case 'negation':
      return `${from} was removed ${where}`;
    case 'condition':
      return /^\s*[tT]rue/.test(replacement)
        ? `the condition ${from} was always true ${where}`
        : `the condition ${from} was always false ${where}`;
    case 'returnValue':
      return `${to} was returned instead of ${from} ${where}`;
    case 'defaultArgument':
      return `the default value ${from} became ${to} ${where}`;
    default:
      return replacement.trim() === '' ? `${from} was removed ${where}` : `${from} became ${to} ${where}`;
  }
}

/** As code inside a sentence: one line, bounded. */
function quote(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const shown = line.length > maxShown ? `${line.slice(0, maxShown - 1)}…` : line;
  const fence = shown.includes('`') ? '``' : '`';
  const space = fence === '``' ? ' ' : '';
  return `${fence}${space}${shown}${space}${fence}`;
}
