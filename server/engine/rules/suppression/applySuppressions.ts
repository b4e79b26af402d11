import { nearestWord } from '../vocabulary/nearestWord.ts';
import type { RuleDocument, RuleProblem } from '../rule.ts';
import { problemCodes } from '../severities/problemCodes.ts';
import { findSuppressions, type Suppression } from './findSuppressions.ts';

/** Without the problems that comments of the file silence; comments that silence nothing are problems themselves. */
export function applySuppressions(
  document: RuleDocument,
  problems: readonly RuleProblem[],
): readonly RuleProblem[] {
  const suppressions = findSuppressions(document);
  if (suppressions.length === 0) return problems;
  const used = new Set<string>();
  const kept = problems.filter((problem) => {
    const by = suppressions.flatMap((suppression, at) => (covers(suppression, problem) ? [at] : []));
    for (const at of by) used.add(`${at} ${problem.code}`);
    return by.length === 0;
  });
  const idle = suppressions.flatMap((suppression, at) =>
    reportIdle(suppression, (code) => used.has(`${at} ${code}`)),
  );
  return [...kept, ...idle];
}

function covers({ codes, line }: Suppression, { code, span }: RuleProblem): boolean {
  if (!codes.some(({ value }) => value === code)) return false;
  return line === undefined || (span.start >= line.start && span.start <= line.end);
}

function reportIdle(suppression: Suppression, isUsed: (code: string) => boolean): readonly RuleProblem[] {
  const { codes, span } = suppression;
  if (codes.length === 0) {
    const message =
      'This comment names no code: write the code of a problem, such as `rule.bare-glob`, behind it.';
    return [{ code: 'rule.unknown-suppression', severity: 'hint', message, span }];
  }
  return codes.flatMap((written): readonly RuleProblem[] => {
    if (!problemCodes.has(written.value)) return [reportUnknown(written)];
    if (isUsed(written.value)) return [];
    const message = `No problem \`${written.value}\` is here any more: this comment can go.`;
    const isOnly = codes.length === 1;
    return [
      { code: 'rule.unused-suppression', severity: 'hint', message, span: isOnly ? span : written.span },
    ];
  });
}

function reportUnknown({ value, span }: Suppression['codes'][number]): RuleProblem {
  const near = nearestWord(value, [...problemCodes.keys()]);
  const guess = near === undefined ? '' : ` Did you mean \`${near}\`?`;
  return {
    code: 'rule.unknown-suppression',
    severity: 'hint',
    message: `No problem has the code \`${value}\`.${guess} This comment silences nothing.`,
    span,
    ...(near === undefined ? {} : { data: { near } }),
  };
}
