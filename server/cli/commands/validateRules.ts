import { createLineMap } from '../../engine/documents/lineMap.ts';
import { fixAll } from '../../engine/rules/fixes/fixAll.ts';
import type { RuleDocument, RuleProblem } from '../../engine/rules/rule.ts';
import type { Finding } from '../../protocol/text.ts';
import type { CommandContext } from '../commandContext.ts';
import { exitCodeOfCheck, exitCodes, type ExitCode } from '../exitCodes.ts';
import { usageError, type UsageError, type ValidateRulesInvocation } from '../invocation.ts';
import type { PlacedFiles } from '../placeFiles.ts';
import { renderReport, tellWarnings } from '../render/renderReport.ts';
import { landFiles } from './landFiles.ts';
import { readRuleFiles, type RuleFiles } from './ruleFiles.ts';

/** `clctl validate-rules`: the problems of rule files, and with `--fix` those that are left. */
export async function validateRules(
  invocation: ValidateRulesInvocation,
  placed: PlacedFiles,
  context: CommandContext,
  signal: AbortSignal,
): Promise<ExitCode | UsageError> {
  let rules = await readRuleFiles(placed, context, signal);
  if (signal.aborted) return exitCodes.cancelled;
  if ('problem' in rules) return usageError('ctl validate-rules', rules.problem);
  if (invocation.fix) {
    const fixed = await fixRules(rules, context, signal);
    if (signal.aborted) return exitCodes.cancelled;
    if (fixed !== exitCodes.good) return fixed;
    await context.engine.reloadRules(context.root, 'all', signal);
    rules = await readRuleFiles(placed, context, signal);
    if ('problem' in rules) return usageError('ctl validate-rules', rules.problem);
  }
  const findings = findingsOf(rules);
  context.output.stdout(renderReport(invocation.format, findings, context));
  tellWarnings(invocation.maxWarnings, findings, context);
  return exitCodeOfCheck(findings, invocation.maxWarnings);
}

function findingsOf({ documents, problems }: RuleFiles): readonly Finding[] {
  return documents.flatMap((document) => toFindings(document, problems(document)));
}

function toFindings({ path, text }: RuleDocument, problems: readonly RuleProblem[]): readonly Finding[] {
  if (problems.length === 0) return [];
  const lines = createLineMap(text);
  return problems.map(({ code, severity, message, span }) => ({
    path,
    range: lines.toRange(span),
    severity,
    code,
    message,
  }));
}

/** Applies the certain fixes. What no text could be read of is left alone. */
async function fixRules(
  { documents, problems }: RuleFiles,
  context: CommandContext,
  signal: AbortSignal,
): Promise<ExitCode> {
  const files = documents.flatMap((document) => {
    const found = problems(document);
    const fixed = found.length === 0 ? document : fixAll(document, found).document;
    return fixed.text === document.text
      ? []
      : [{ path: document.path, before: document.text, after: fixed.text }];
  });
  return landFiles({ title: 'Fix rules', files, write: true }, context, signal);
}
