import { readLine } from '../../documents/readLine.ts';
import { applyTextEdits } from '../editing/applyTextEdits.ts';
import { findLineStart } from '../editing/keyRegion.ts';
import { lineBreakOf, startOf } from '../editing/lineBreaks.ts';
import { parseRuleDocument } from '../parseRuleDocument.ts';
import type { RuleDocument, RuleProblem } from '../rule.ts';
import { applySuppressions } from '../suppression/applySuppressions.ts';
import type { TextEdit } from '../textEdit.ts';
import type { RuleFix } from './ruleFix.ts';

/**
 * A comment above the line that silences the problem there. Where none can stand, as above the first fence or in the
 * middle of a text, one for the whole file; none where that silences nothing either.
 */
export function suppressProblem(document: RuleDocument, problem: RuleProblem): readonly RuleFix[] {
  const { code } = problem;
  const above = { title: `Ignore \`${code}\` in the next line`, edit: aboveLine(document, problem) };
  const whole = { title: `Ignore \`${code}\` in this file`, edit: belowFence(document, problem) };
  for (const { title, edit } of [above, whole]) {
    if (edit !== undefined && silences(document, problem, edit))
      return [{ title, isCertain: false, edits: [edit] }];
  }
  return [];
}

function aboveLine({ text, file, blocks }: RuleDocument, { code, span }: RuleProblem): TextEdit | undefined {
  const start = findLineStart(text, span.start);
  const inKeys = [file, ...blocks].some((rule) => start > rule.span.start && start < rule.span.end);
  if (!inKeys && start < file.span.end) return undefined;
  const indent = /^[ \t]*/.exec(text.slice(start, start + 200))?.[0] ?? '';
  const comment = inKeys ? `# codegen-lab-ignore ${code}` : `<!-- codegen-lab-ignore ${code} -->`;
  return { span: { start, end: start }, newText: `${indent}${comment}${lineBreakOf(text)}` };
}

function belowFence({ text, file }: RuleDocument, { code }: RuleProblem): TextEdit | undefined {
  const fence = readLine(text, startOf(text));
  if (file.span.start !== fence.start || file.span.end <= fence.next) return undefined;
  const newText = `# codegen-lab-ignore-file ${code}${lineBreakOf(text)}`;
  return { span: { start: fence.next, end: fence.next }, newText };
}

function silences(document: RuleDocument, problem: RuleProblem, edit: TextEdit): boolean {
  const after = parseRuleDocument(document.path, applyTextEdits(document.text, [edit]));
  if (meaningOf(after) !== meaningOf(document)) return false;
  const shift = edit.span.start <= problem.span.start ? edit.newText.length : 0;
  const span = { start: problem.span.start + shift, end: problem.span.end + shift };
  return !applySuppressions(after, [{ ...problem, span }]).some(({ code }) => code === problem.code);
}

/** What the keys say: in the middle of a message a comment would be a part of it. */
function meaningOf({ file, blocks }: RuleDocument): string {
  return JSON.stringify(
    [file, ...blocks].map(
      ({ name, description, globs, extends: parents, filters, actions, metadata, active }) => [
        ...[name, description, active, metadata],
        ...[globs, parents].map((list) => list.map(({ value }) => value)),
        filters.map(({ type, pattern, flags }) => [type, pattern, flags]),
        actions.map(({ type, message, target, conditions }) => [type, message, target, conditions.length]),
      ],
    ),
  );
}
