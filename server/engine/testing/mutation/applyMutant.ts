import type { Mutant } from '../../../protocol/mutants.ts';

/** The text with the mutant's change. */
export function applyMutant(text: string, { start, end, replacement }: Mutant): string {
  return text.slice(0, start) + replacement + text.slice(end);
}
