import { findLineStart } from '../editing/keyRegion.ts';
import { lineBreakOf } from '../editing/lineBreaks.ts';
import type { RuleDocument, RuleProblem } from '../rule.ts';
import type { RuleFix } from './ruleFix.ts';

/** A comment above the line that silences the problem there; above the first fence there is no room for one. */
export function suppressProblem(
  { text, file, blocks }: RuleDocument,
  { code, span }: RuleProblem,
): readonly RuleFix[] {
  const start = findLineStart(text, span.start);
  const inKeys = [file, ...blocks].some((rule) => start > rule.span.start && start < rule.span.end);
  if (!inKeys && start < file.span.end) return [];
  const indent = /^[ \t]*/.exec(text.slice(start, start + 200))?.[0] ?? '';
  const comment = inKeys ? `# codegen-lab-ignore ${code}` : `<!-- codegen-lab-ignore ${code} -->`;
  const newText = `${indent}${comment}${lineBreakOf(text)}`;
  const title = `Ignore \`${code}\` in the next line`;
  return [{ title, isCertain: false, edits: [{ span: { start, end: start }, newText }] }];
}
