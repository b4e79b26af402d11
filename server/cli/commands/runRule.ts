import type { RunResult } from '../../engine/engine.ts';
import { isModelAction } from '../../engine/rules/modelActions.ts';
import type { CommandContext } from '../commandContext.ts';
import { exitCodeOfRun, exitCodes, type ExitCode } from '../exitCodes.ts';
import { usageError, type RunInvocation, type UsageError } from '../invocation.ts';
import { plainBlock } from '../render/plainText.ts';
import { renderDiff } from '../render/renderDiff.ts';
import { renderFindings } from '../render/renderFindings.ts';
import { renderJson } from '../render/renderJson.ts';
import { renderReport } from '../render/renderReport.ts';
import { renderSummary, toRunDocument } from '../render/renderRun.ts';
import { followTimeline } from '../timeline.ts';
import { diffOf, renewal } from './compareApprovals.ts';
import { findRule } from './findRule.ts';

/** `codegen-lab run`: the timeline and the summary go to standard error, the proposal alone to standard output. */
export async function runRule(
  invocation: RunInvocation,
  path: string,
  context: CommandContext,
  signal: AbortSignal,
): Promise<ExitCode | UsageError> {
  const { engine, root, output, paints } = context;
  await engine.openFolder(root, signal);
  if (signal.aborted) return exitCodes.cancelled;
  const rule = findRule(context, invocation.rule);
  if ('problem' in rule) return usageError('run', rule.problem);
  if (asksModel(context, rule.ruleId) && isWithoutModel(context)) return usageError('run', noModel);
  const timeline = followTimeline(engine, output, paints.stderr);
  const result = await engine.runRule({ root, rule: rule.ruleId, path }, signal);
  timeline.stop();
  timeline.finish(result.view);
  show(invocation, result, context);
  if (result.code === 'approval.missing') await tellRenewal(rule.ruleId, invocation, context);
  return exitCodeOfRun(result);
}

const noModel =
  'No model is chosen. Say which with --model PROVIDER/MODEL, or set CODEGEN_LAB_CONFIG_AI_PROVIDER and CODEGEN_LAB_CONFIG_AI_MODEL; clctl models lists the providers.';

/** A rule of commands and tests needs no model; of one that is not known here the engine decides. */
function asksModel({ engine, root }: CommandContext, ruleId: string): boolean {
  const rule = engine.ruleCatalog(root, 'saved')?.effective(ruleId)?.rule;
  return rule === undefined || rule.actions.some(({ type }) => isModelAction(type));
}

function isWithoutModel({ settings: { ai, replay } }: CommandContext): boolean {
  return ai.enabled !== false && ai.provider === '' && replay.mode === 'off';
}

/** What changed since the rule was approved, and how it is approved anew; nothing where it never was. */
async function tellRenewal(
  ruleId: string,
  { approvals }: RunInvocation,
  { engine, root, output }: CommandContext,
): Promise<void> {
  const texts = await engine.approvalTexts(root, ruleId);
  if (texts?.approved === undefined || texts.now === undefined) return;
  output.stderr(plainBlock(diffOf(ruleId, texts.approved, texts.now), ''));
  output.stderr(`${renewal([ruleId], approvals)}\n`);
}

function show({ format }: RunInvocation, result: RunResult, context: CommandContext): void {
  const { output, paints } = context;
  if (format === 'json') return output.stdout(renderJson(toRunDocument(result)));
  const findings = [
    ...(result.view?.actions ?? []).flatMap((action) => action.findings),
    ...(result.view?.assessment?.findings ?? []),
  ];
  if (format !== 'human') {
    output.stdout(renderReport(format, findings, context));
    return output.stderr(renderSummary(result, paints.stderr));
  }
  const isProposed = result.outcome === 'proposed';
  if (isProposed) output.stdout(plainBlock((result.view?.files ?? []).map(renderDiff).join(''), ''));
  if (findings.length > 0)
    output.stderr(`\n${renderFindings({ findings, showPath: (path) => path, paint: paints.stderr })}`);
  output.stderr(renderSummary(result, paints.stderr));
}
