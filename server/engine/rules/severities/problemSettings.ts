import type { Severity } from '../../../protocol/text.ts';
import type { RuleProblem } from '../rule.ts';

/** How problems of a code are shown; `off` hides them. An error keeps its rule inactive whatever is shown. */
export type ShownSeverity = Severity | 'off';

/** What the user chose for problems of rule files. */
export interface ProblemSettings {
  /** By code; a code that is missing keeps its own severity. */
  readonly severities: ReadonlyMap<string, ShownSeverity>;
}

export const defaultProblemSettings: ProblemSettings = { severities: new Map() };

const words: readonly ShownSeverity[] = ['off', 'hint', 'information', 'warning', 'error'];

/** Reads the setting `codegenLab.rules.problems`; what is no severity in it is passed over. */
export function readProblemSettings(value: unknown): ProblemSettings {
  if (typeof value !== 'object' || value === null) return defaultProblemSettings;
  const severities = new Map<string, ShownSeverity>();
  for (const [code, written] of Object.entries(value)) {
    const word = words.find((each) => each === written);
    if (word !== undefined) severities.set(code, word);
  }
  return { severities };
}

export function applySeverities(
  problems: readonly RuleProblem[],
  { severities }: ProblemSettings,
): readonly RuleProblem[] {
  if (severities.size === 0) return problems;
  return problems.flatMap((problem) => {
    const chosen = severities.get(problem.code);
    if (chosen === undefined || chosen === problem.severity) return [problem];
    return chosen === 'off' ? [] : [{ ...problem, severity: chosen }];
  });
}
