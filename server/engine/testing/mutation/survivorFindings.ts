import type { TestedMutant } from '../../../protocol/mutants.ts';
import type { Finding } from '../../../protocol/text.ts';
import { createLineMap } from '../../documents/lineMap.ts';

/** The code of findings about mutants that tests let live. */
export const survivorCode = 'mutation.survived';

/** What tests did not notice, each at the code that was changed, in the order of the text. */
export function survivorFindings(
  path: string,
  text: string,
  tested: readonly TestedMutant[],
): readonly Finding[] {
  const lines = createLineMap(text);
  return tested
    .filter(({ fate }) => fate.kind === 'survived' || fate.kind === 'noCoverage')
    .toSorted((one, other) => one.mutant.start - other.mutant.start)
    .map(({ mutant, fate }) => ({
      path,
      range: { start: lines.positionAt(mutant.start), end: lines.positionAt(mutant.end) },
      severity: 'information',
      code: survivorCode,
      message:
        fate.kind === 'survived'
          ? `No test would fail if ${mutant.sentence}.`
          : `No test runs this line, so none would fail if ${mutant.sentence}.`,
      mutant: mutant.id,
    }));
}
