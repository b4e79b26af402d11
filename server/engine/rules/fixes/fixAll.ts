import { applyTextEdits } from '../editing/applyTextEdits.ts';
import { parseRuleDocument } from '../parseRuleDocument.ts';
import type { RuleDocument, RuleProblem } from '../rule.ts';
import { applySuppressions } from '../suppression/applySuppressions.ts';
import type { TextEdit } from '../textEdit.ts';
import { findFixes, fixesFor } from './fixesFor.ts';
import { bringsProblems } from './judgeFix.ts';
import type { RuleFix } from './ruleFix.ts';

/** A file after all its certain fixes. */
export interface FixedDocument {
  readonly document: RuleDocument;
  /** From the text before to the text after; empty when nothing was to be done. */
  readonly edits: readonly TextEdit[];
  /** Titles of what was done, in order. */
  readonly done: readonly string[];
}

const maxPasses = 10;

/**
 * Applies the certain fixes of these problems, and then of those that the changed text has by itself, until nothing is
 * left to be done or after ten passes. What a comment silences, and codes that are hidden in `problems`, stay as they are.
 */
export function fixAll(document: RuleDocument, problems: readonly RuleProblem[]): FixedDocument {
  const done: string[] = [];
  let current = document;
  let open = problems;
  const hidden = hiddenCodes(document, problems);
  for (let pass = 0; pass < maxPasses; pass += 1) {
    const next = onePass(current, open);
    if (next === undefined) break;
    done.push(...next.done);
    current = next.document;
    open = problemsLeft(current, hidden);
  }
  return { document: current, edits: difference(document.text, current.text), done };
}

/** Codes that the text has, and that whoever asks does not want to hear of. */
function hiddenCodes(document: RuleDocument, problems: readonly RuleProblem[]): ReadonlySet<string> {
  const shown = new Set(problems.map(({ code }) => code));
  // Whether a comment is idle shows only together with the other files of the folder.
  const own = document.problems.map(({ code }) => code).filter((code) => !shown.has(code));
  return new Set([...own, 'rule.unused-suppression']);
}

function problemsLeft(document: RuleDocument, hidden: ReadonlySet<string>): readonly RuleProblem[] {
  return applySuppressions(document, document.problems).filter(({ code }) => !hidden.has(code));
}

interface Pass {
  readonly document: RuleDocument;
  readonly done: readonly string[];
}

/** All certain fixes together, which is cheap; one by one where together they do harm. undefined: nothing to be done. */
function onePass(document: RuleDocument, problems: readonly RuleProblem[]): Pass | undefined {
  const all = withoutOverlaps(
    problems.flatMap((problem) => firstCertain(problem, findFixes(document, problem))),
  );
  const together = apply(document, all);
  if (together === undefined || isProgress(document, together.document, all)) return together;
  const tried = problems
    .slice(0, maxTried)
    .flatMap((problem) => firstCertain(problem, fixesFor(document, problem)));
  const safe = apply(document, withoutOverlaps(tried));
  if (safe === undefined || isProgress(document, safe.document, tried)) return safe;
  return apply(document, tried.slice(0, 1));
}

interface Chosen extends RuleFix {
  readonly code: string;
}

/** No problem came, and of each code that was mended there are fewer. */
function isProgress(before: RuleDocument, after: RuleDocument, fixes: readonly Chosen[]): boolean {
  if (bringsProblems(before, after)) return false;
  const count = ({ problems }: RuleDocument, code: string): number =>
    problems.filter((problem) => problem.code === code).length;
  return fixes.every(({ code }) => count(before, code) === 0 || count(after, code) < count(before, code));
}

/** Each try reads the file again. */
const maxTried = 50;

function firstCertain({ code }: RuleProblem, fixes: readonly RuleFix[]): readonly Chosen[] {
  const first = fixes.find(({ isCertain }) => isCertain);
  return first === undefined ? [] : [{ ...first, code }];
}

/** Of two that touch one place the earlier one stays; the next pass sees to the other. */
function withoutOverlaps(fixes: readonly Chosen[]): readonly Chosen[] {
  const taken: TextEdit[] = [];
  return fixes.filter(({ edits }) => {
    const collides = edits.some((edit) => taken.some((other) => touches(edit, other)));
    if (!collides) taken.push(...edits);
    return !collides;
  });
}

function touches({ span: left }: TextEdit, { span: right }: TextEdit): boolean {
  return left.start <= right.end && right.start <= left.end;
}

function apply(document: RuleDocument, fixes: readonly RuleFix[]): Pass | undefined {
  const text = applyTextEdits(
    document.text,
    fixes.flatMap(({ edits }) => edits),
  );
  if (text === document.text) return undefined;
  return { document: parseRuleDocument(document.path, text), done: fixes.map(({ title }) => title) };
}

/** One edit of the stretch that differs. */
function difference(before: string, after: string): readonly TextEdit[] {
  if (before === after) return [];
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start += 1;
  let same = 0;
  while (same < most - start && before[before.length - 1 - same] === after[after.length - 1 - same])
    same += 1;
  return [{ span: { start, end: before.length - same }, newText: after.slice(start, after.length - same) }];
}
