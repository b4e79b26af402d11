import type { DocumentRangeFormattingParams, TextEdit } from 'vscode-languageserver/node';
import { formatRule } from '../../engine/authoring/formatting/formatRule.ts';
import type { OpenRule } from './openRule.ts';
import { toLspEdits } from './toWorkspaceEdit.ts';

export function provideFormatting({ document, lines }: OpenRule): TextEdit[] {
  return toLspEdits(lines, formatRule(document));
}

export function provideRangeFormatting(
  { document, lines }: OpenRule,
  { range }: DocumentRangeFormattingParams,
): TextEdit[] {
  const [start, end] = [lines.offsetAt(range.start), lines.offsetAt(range.end)];
  return toLspEdits(lines, formatRule(document, { start, end }));
}
