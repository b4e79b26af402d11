import type { RuleSummary } from '../../server/protocol/requests.ts';

/** Lines of a file that belong to one rule, zero-based: from the first, up to and without the last; no last: to the end. */
export interface RuleLines {
  readonly from: number;
  readonly to?: number;
}

export interface LineProblem {
  readonly line: number;
  readonly isError: boolean;
  readonly isWarning: boolean;
}

export interface ProblemBadge {
  /** Two characters at most. */
  readonly text: string;
  readonly tooltip: string;
  readonly isError: boolean;
}

const most = 9;

/** How many errors and warnings stand in these lines; undefined: none. */
export function problemBadge(problems: readonly LineProblem[], lines: RuleLines): ProblemBadge | undefined {
  const own = problems.filter(
    ({ line, isError, isWarning }) =>
      (isError || isWarning) && line >= lines.from && (lines.to === undefined || line < lines.to),
  );
  if (own.length === 0) return undefined;
  return {
    text: own.length > most ? `${most}+` : String(own.length),
    tooltip: own.length === 1 ? '1 problem' : `${own.length} problems`,
    isError: own.some(({ isError }) => isError),
  };
}

/** Where each rule of a file stands: up to where the next one begins. */
export function linesOfRule(rule: RuleSummary, rules: readonly RuleSummary[]): RuleLines {
  const next = rules
    .filter(({ uri, line }) => uri === rule.uri && line > rule.line)
    .reduce((least, { line }) => Math.min(least, line), Infinity);
  return next === Infinity ? { from: rule.line } : { from: rule.line, to: next };
}
