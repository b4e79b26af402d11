import { applyTextEdits } from '../editing/applyTextEdits.ts';
import { parseRuleDocument } from '../parseRuleDocument.ts';
import type { RuleDocument, RuleProblem } from '../rule.ts';
import type { TextEdit } from '../textEdit.ts';
import type { RuleFix } from './ruleFix.ts';

/** The fix, as certain as it turns out to be; undefined when it does not mend the problem. */
export function judgeFix(document: RuleDocument, problem: RuleProblem, fix: RuleFix): RuleFix | undefined {
  const after = parseRuleDocument(document.path, applyTextEdits(document.text, fix.edits));
  if (after.text === document.text) return undefined;
  if (isOwn(document, problem) && isStillThere(after, problem, fix.edits)) return undefined;
  return fix.isCertain && bringsProblems(document, after) ? { ...fix, isCertain: false } : fix;
}

/** Whether the file has a problem that it did not have before: an error, a warning, or more of them. */
export function bringsProblems(before: RuleDocument, after: RuleDocument): boolean {
  const counts = countProblems(before);
  return [...countProblems(after)].some(([code, count]) => count > (counts.get(code) ?? 0));
}

function countProblems({ problems }: RuleDocument): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { code, severity } of problems) {
    if (severity === 'error' || severity === 'warning') counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  return counts;
}

function isOwn({ problems }: RuleDocument, { code, span }: RuleProblem): boolean {
  return problems.some((each) => each.code === code && each.span.start === span.start);
}

function isStillThere(
  after: RuleDocument,
  { code, span, message }: RuleProblem,
  edits: readonly TextEdit[],
): boolean {
  const start = span.start + shiftBefore(edits, span.start);
  return after.problems.some(
    (each) => each.code === code && each.message === message && Math.abs(each.span.start - start) <= 1,
  );
}

/** By how much the edits that end before an offset move it. */
function shiftBefore(edits: readonly TextEdit[], offset: number): number {
  return edits
    .filter(({ span }) => span.end <= offset)
    .reduce((shift, { span, newText }) => shift + newText.length - (span.end - span.start), 0);
}
