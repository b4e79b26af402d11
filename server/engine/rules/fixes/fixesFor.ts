import type { RuleDocument, RuleProblem } from '../rule.ts';
import { fixFinders } from './fixFinders.ts';
import { judgeFix } from './judgeFix.ts';
import type { RuleFix } from './ruleFix.ts';
import { suppressProblem } from './suppressProblem.ts';

/**
 * The fixes of a problem, the best first; the last one silences it by a comment. Each was tried on the text: one after
 * which the problem is still there is not offered, and one that brings another problem is not certain.
 */
export function fixesFor(document: RuleDocument, problem: RuleProblem): readonly RuleFix[] {
  const mending = findFixes(document, problem).flatMap((fix) => judgeFix(document, problem, fix) ?? []);
  return [...mending, ...suppressProblem(document, problem)];
}

/** As `fixesFor`, untried and without the comment. */
export function findFixes(document: RuleDocument, problem: RuleProblem): readonly RuleFix[] {
  return fixFinders.get(problem.code)?.(document, problem) ?? [];
}
