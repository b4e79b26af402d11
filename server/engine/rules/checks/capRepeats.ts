import type { RuleProblem } from '../rule.ts';

/** Nobody reads more hints of one code in one file. */
const maxHints = 50;

/**
 * Problems in source order, without the hints and informations that are the same over and over: of each code the first
 * stand, and then one that says how many more there are.
 */
export function capRepeats(problems: readonly RuleProblem[]): readonly RuleProblem[] {
  if (problems.length <= maxHints + 1) return problems;
  const counts = new Map<string, number>();
  for (const problem of problems)
    if (isAdvice(problem)) counts.set(problem.code, (counts.get(problem.code) ?? 0) + 1);
  const seen = new Map<string, number>();
  return problems.flatMap((problem) => {
    const count = counts.get(problem.code) ?? 0;
    // One more takes no more room than to say that there is one.
    if (!isAdvice(problem) || count <= maxHints + 1) return [problem];
    const number = (seen.get(problem.code) ?? 0) + 1;
    seen.set(problem.code, number);
    if (number <= maxHints) return [problem];
    return number === maxHints + 1 ? [summarize(problem, count - maxHints)] : [];
  });
}

function isAdvice({ severity }: RuleProblem): boolean {
  return severity === 'hint' || severity === 'information';
}

/** In the place of the first one that is not shown. */
function summarize({ code, severity, span }: RuleProblem, more: number): RuleProblem {
  const message = `Here and below there are ${more} more of this problem, \`${code}\`; only the first ${maxHints} of a file are shown.`;
  return { code, severity, span, message };
}
