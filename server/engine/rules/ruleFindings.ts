import type { Finding } from '../../protocol/text.ts';
import { createLineMap } from '../documents/lineMap.ts';
import type { RuleDocument, RuleProblem } from './rule.ts';

/** Problems of a rule file as they are shown, in their order; those of its text alone unless others are given. */
export function ruleFindings(
  document: RuleDocument,
  problems: readonly RuleProblem[] = document.problems,
): readonly Finding[] {
  if (problems.length === 0) return [];
  const lines = createLineMap(document.text);
  return problems.map(({ code, severity, message, span }) => ({
    path: document.path,
    range: lines.toRange(span),
    severity,
    code,
    message,
  }));
}
