import type { RunResult } from '../../engine/engine.ts';
import type { CommandContext } from '../commandContext.ts';
import { exitCodeOfRun, exitCodes, type ExitCode } from '../exitCodes.ts';
import { usageError, type RunInvocation, type UsageError } from '../invocation.ts';
import { plainBlock } from '../render/plainText.ts';
import { renderDiff } from '../render/renderDiff.ts';
import { renderJson } from '../render/renderJson.ts';
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
  if (isWithoutModel(context)) return usageError('run', noModel);
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

function show({ json }: RunInvocation, result: RunResult, { output, paints }: CommandContext): void {
  if (json) return output.stdout(renderJson(toRunDocument(result)));
  const isProposed = result.outcome === 'proposed';
  if (isProposed) output.stdout(plainBlock((result.view?.files ?? []).map(renderDiff).join(''), ''));
  output.stderr(renderSummary(result, paints.stderr));
}
