import type { ApprovedRule } from '../../engine/rules/approval/approvalsFile.ts';
import type { ApprovalView } from '../../protocol/approvals.ts';
import { hasFile, readApprovalsFile, writeApprovalsFile } from '../approvalsFiles.ts';
import type { CommandContext } from '../commandContext.ts';
import { exitCodes, type ExitCode } from '../exitCodes.ts';
import {
  usageError,
  type ApprovalsAction,
  type ApprovalsInvocation,
  type UsageError,
} from '../invocation.ts';
import { plainLine } from '../render/plainText.ts';
import { renderJson } from '../render/renderJson.ts';
import { compareApprovals, renderComparison } from './compareApprovals.ts';
import { findRule } from './findRule.ts';

/** `codegen-lab approvals`: which rules may act, as this user said or as a file says. */
export async function manageApprovals(
  { action, json }: ApprovalsInvocation,
  context: CommandContext,
  signal: AbortSignal,
): Promise<ExitCode | UsageError> {
  await context.engine.openFolder(context.root, signal);
  if (signal.aborted) return exitCodes.cancelled;
  switch (action.verb) {
    case 'list':
      return list(action.file, json, context);
    case 'add':
      return add(action, json, context);
    case 'remove':
      return remove(action, context);
    case 'export':
      return exportTo(action.file, context);
    case 'verify':
      return verify(action.file, json, context);
  }
}

/** Rules that may act once they are approved. */
function actingRules({ engine, root }: CommandContext): readonly ApprovalView[] {
  return engine.approvals().filter(({ folder, state }) => folder === root && state !== 'gone');
}

async function textsOf(
  rules: readonly ApprovalView[],
  context: CommandContext,
): Promise<readonly ApprovedRule[]> {
  const texts = await Promise.all(
    rules.map(async ({ folder, ruleId }) => ({
      ruleId,
      text: (await context.engine.approvalTexts(folder, ruleId))?.now ?? '',
    })),
  );
  return texts.filter(({ text }) => text !== '');
}

async function list(
  file: string | undefined,
  json: boolean,
  context: CommandContext,
): Promise<ExitCode | UsageError> {
  const { engine, root, output, paints, digest } = context;
  const known = file === undefined ? undefined : readApprovalsFile(file, context.cwd, digest);
  if (known !== undefined && 'problem' in known) return usageError('approvals', known.problem);
  const approved = new Map(known?.rules.map(({ ruleId, text }) => [ruleId, digest(text)]));
  const stateOf = (view: ApprovalView): string => {
    if (file === undefined) return stateWords[view.state === 'asks' && view.changed ? 'changed' : view.state];
    const hash = approved.get(view.ruleId);
    return stateWords[hash === undefined ? 'asks' : hash === view.ruleHash ? 'allowed' : 'changed'];
  };
  const rows = engine
    .approvals()
    .filter(({ folder, state }) => folder === root && (file === undefined || state !== 'gone'))
    .map((view) => ({ id: view.ruleId, name: view.name, state: stateOf(view), may: view.may }));
  if (json) output.stdout(renderJson({ rules: rows }));
  else
    for (const { id, name, state, may } of rows) {
      const paint = paints.stdout;
      output.stdout(`${state.padEnd(13)}${paint.bold(plainLine(name))} ${paint.dim(plainLine(id))}\n`);
      for (const right of may) output.stdout(`${' '.repeat(13)}may ${plainLine(right)}\n`);
    }
  if (rows.length === 0) output.stderr('No rule here asks a model or runs a command.\n');
  return exitCodes.good;
}

const stateWords: Readonly<Record<ApprovalView['state'] | 'changed', string>> = {
  allowed: 'approved',
  denied: 'denied',
  asks: 'not approved',
  changed: 'changed',
  gone: 'gone',
};

type Change = Extract<ApprovalsAction, { readonly verb: 'add' | 'remove' }>;

async function add(
  { rules: wanted, file }: Change,
  json: boolean,
  context: CommandContext,
): Promise<ExitCode | UsageError> {
  const { output } = context;
  const chosen = choose(wanted, context);
  if ('problem' in chosen) return usageError('approvals', chosen.problem);
  if (file === undefined) {
    const refused = await approve(chosen.rules, context);
    if (refused !== undefined) return refused;
  } else {
    const problem = await change(file, context, async (known) => {
      const added = await textsOf(chosen.rules, context);
      const ids = new Set(added.map(({ ruleId }) => ruleId));
      return [...known.filter(({ ruleId }) => !ids.has(ruleId)), ...added];
    });
    if (problem !== undefined) return problem;
  }
  if (json) output.stdout(renderJson({ approved: chosen.rules.map(({ ruleId }) => ruleId) }));
  else
    for (const { name, may } of chosen.rules)
      output.stdout(`approved ${plainLine(name)}: it may ${may.map(plainLine).join('; ')}\n`);
  return exitCodes.good;
}

/** undefined: they are approved. */
async function approve(
  rules: readonly ApprovalView[],
  { engine, root, output }: CommandContext,
): Promise<ExitCode | undefined> {
  try {
    await engine.approve(root, rules, true);
    return undefined;
  } catch (error) {
    // A policy is against it, or it cannot be logged or kept.
    output.stderr(`Not approved. ${plainLine(error instanceof Error ? error.message : String(error))}\n`);
    return exitCodes.refused;
  }
}

async function remove(
  { rules: wanted, file }: Change,
  context: CommandContext,
): Promise<ExitCode | UsageError> {
  const { engine, root, output } = context;
  const known = engine.approvals().filter(({ folder }) => folder === root);
  // What is gone has no name but its id.
  const ids = wanted.map(
    (name) => known.find((each) => each.ruleId === name || each.name === name)?.ruleId ?? name,
  );
  if (file === undefined) await engine.revokeApprovals(root, wanted.length === 0 ? 'all' : ids);
  else {
    const problem = await change(file, context, async (rules) =>
      wanted.length === 0 ? [] : rules.filter(({ ruleId }) => !ids.includes(ruleId)),
    );
    if (problem !== undefined) return problem;
  }
  output.stderr(
    wanted.length === 0
      ? 'No rule is approved any more.\n'
      : `${ids.map(plainLine).join(', ')} will not act.\n`,
  );
  return exitCodes.good;
}

function choose(
  wanted: readonly string[],
  context: CommandContext,
): { readonly rules: readonly ApprovalView[] } | { readonly problem: string } {
  const acting = actingRules(context);
  if (wanted.length === 0)
    return acting.length === 0
      ? { problem: 'There is no rule here that asks a model or runs a command.' }
      : { rules: acting };
  const rules: ApprovalView[] = [];
  for (const name of wanted) {
    const found = findRule(context, name);
    if ('problem' in found) return found;
    const view = acting.find(({ ruleId }) => ruleId === found.ruleId);
    if (view === undefined)
      return {
        problem: `Rule ${name} needs no approval: it asks no model and runs no command, or is not active.`,
      };
    rules.push(view);
  }
  return { rules };
}

/** A file that is not there yet is begun. */
async function change(
  file: string,
  context: CommandContext,
  edit: (rules: readonly ApprovedRule[]) => Promise<readonly ApprovedRule[]>,
): Promise<UsageError | undefined> {
  const { cwd, digest } = context;
  const known = hasFile(file, cwd) ? readApprovalsFile(file, cwd, digest) : { rules: [] };
  if ('problem' in known) return usageError('approvals', known.problem);
  const written = writeApprovalsFile(file, await edit(known.rules), { cwd, digest });
  return written && usageError('approvals', written.problem);
}

async function exportTo(file: string, context: CommandContext): Promise<ExitCode | UsageError> {
  const allowed = actingRules(context).filter(({ state }) => state === 'allowed');
  if (allowed.length === 0)
    return usageError(
      'approvals',
      'No rule is approved yet: codegen-lab approvals add RULES... approves some.',
    );
  const written = writeApprovalsFile(file, await textsOf(allowed, context), context);
  if (written !== undefined) return usageError('approvals', written.problem);
  const count = allowed.length === 1 ? '1 rule' : `${allowed.length} rules`;
  context.output.stderr(`${count} written to ${plainLine(file)}.\n`);
  return exitCodes.good;
}

async function verify(file: string, json: boolean, context: CommandContext): Promise<ExitCode | UsageError> {
  const { output, cwd, digest } = context;
  const known = readApprovalsFile(file, cwd, digest);
  if ('problem' in known) return usageError('approvals', known.problem);
  const compared = compareApprovals(known.rules, await textsOf(actingRules(context), context));
  if (json) output.stdout(renderJson(compared));
  else renderComparison(compared, file, context);
  return compared.changed.length > 0 ? exitCodes.refused : exitCodes.good;
}
