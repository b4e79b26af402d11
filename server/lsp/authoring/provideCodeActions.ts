import {
  CodeActionKind,
  type CodeAction,
  type CodeActionParams,
  type Diagnostic,
} from 'vscode-languageserver/node';
import { fixAll } from '../../engine/rules/fixes/fixAll.ts';
import { fixesFor } from '../../engine/rules/fixes/fixesFor.ts';
import type { RuleProblem } from '../../engine/rules/rule.ts';
import type { TextEdit } from '../../engine/rules/textEdit.ts';
import type { OpenRule } from './openRule.ts';
import { toLspEdits } from './toWorkspaceEdit.ts';

export const codeActionKinds = [CodeActionKind.QuickFix, CodeActionKind.SourceFixAll];

/** Each fix is tried on the text before it is offered, so a selection of a whole file offers those of its first problems. */
const maxProblems = 20;

export function provideCodeActions(rule: OpenRule, { range, context }: CodeActionParams): CodeAction[] {
  const isWanted = (kind: string): boolean =>
    context.only?.some((only) => kind === only || kind.startsWith(`${only}.`)) ??
    kind === CodeActionKind.QuickFix;
  return [
    ...(isWanted(CodeActionKind.QuickFix) ? quickFixes(rule, range, context.diagnostics) : []),
    ...(isWanted(CodeActionKind.SourceFixAll) ? fixAllActions(rule) : []),
  ];
}

function quickFixes(
  rule: OpenRule,
  range: Diagnostic['range'],
  diagnostics: readonly Diagnostic[],
): readonly CodeAction[] {
  const { document, catalog, lines } = rule;
  const [start, end] = [lines.offsetAt(range.start), lines.offsetAt(range.end)];
  const concerned = catalog
    .problems(document.path)
    .filter(({ span }) => span.start <= end && start <= span.end)
    .slice(0, maxProblems);
  return concerned.flatMap((problem) => {
    const shown = diagnostics.filter((each) => isOf(each, problem, rule));
    return fixesFor(document, problem).map(({ title, isCertain, edits }): CodeAction => ({
      title,
      kind: CodeActionKind.QuickFix,
      diagnostics: shown,
      ...(isCertain ? { isPreferred: true } : {}),
      edit: editOf(rule, edits),
    }));
  });
}

function isOf({ code, range }: Diagnostic, problem: RuleProblem, { lines }: OpenRule): boolean {
  const { start } = lines.toRange(problem.span);
  return (
    code === problem.code && range.start.line === start.line && range.start.character === start.character
  );
}

function fixAllActions(rule: OpenRule): readonly CodeAction[] {
  const { document, catalog } = rule;
  const { edits } = fixAll(document, catalog.problems(document.path));
  if (edits.length === 0) return [];
  return [
    {
      title: 'Fix all problems of this rule file',
      kind: CodeActionKind.SourceFixAll,
      edit: editOf(rule, edits),
    },
  ];
}

function editOf({ uri, lines }: OpenRule, edits: readonly TextEdit[]): NonNullable<CodeAction['edit']> {
  return { changes: { [uri]: toLspEdits(lines, edits) } };
}
