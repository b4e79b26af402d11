import type { Rule, RuleDocument } from '../../engine/rules/rule.ts';
import type { RuleCatalog } from '../../engine/rules/ruleCatalog.ts';
import { ruleFindings } from '../../engine/rules/ruleFindings.ts';
import type { Finding } from '../../protocol/text.ts';
import { pathShower, type CommandContext } from '../commandContext.ts';
import { exitCodes, type ExitCode } from '../exitCodes.ts';
import { usageError, type UsageError } from '../invocation.ts';
import { plainBlock, plainLine } from '../render/plainText.ts';
import { renderFindings } from '../render/renderFindings.ts';
import { renderJson } from '../render/renderJson.ts';
import { findRule } from './findRule.ts';

/** `clctl rule show`: one rule with its text, as it should be read before it is trusted. */
export async function showRule(
  { rule: wanted, json }: { readonly rule: string; readonly json: boolean },
  context: CommandContext,
  signal: AbortSignal,
): Promise<ExitCode | UsageError> {
  const { engine, root, output } = context;
  await engine.openFolder(root, signal);
  if (signal.aborted) return exitCodes.cancelled;
  const summary = findRule(context, wanted);
  if ('problem' in summary) return usageError('ctl rule', summary.problem);
  const found = lookUp(engine.ruleCatalog(root, 'saved'), summary.ruleId);
  if (!found) return usageError('ctl rule', `Rule ${wanted} has no file that can be shown.`);
  output.stdout(json ? renderJson(toRuleDocument(found)) : renderForPeople(found, context));
  return exitCodes.good;
}

interface Found {
  /** With all that it inherits. */
  readonly rule: Rule;
  readonly document: RuleDocument;
  /** The file, or the block alone. */
  readonly text: string;
  readonly problems: readonly Finding[];
}

function lookUp(catalog: RuleCatalog | undefined, ruleId: string): Found | undefined {
  const rule = catalog?.effective(ruleId)?.rule;
  const document = rule === undefined ? undefined : catalog?.document(rule.path);
  if (catalog === undefined || rule === undefined || document === undefined) return undefined;
  const block = document.blocks.find(({ id }) => id === ruleId);
  const text = block === undefined ? document.text : document.text.slice(block.span.start, block.span.end);
  return { rule, document, text, problems: ruleFindings(document, catalog.problems(document.path)) };
}

function rowsOf(rule: Rule): readonly (readonly [string, string])[] {
  const budget = Object.entries(rule.budget).map(([name, value]) => `${name} ${value}`);
  const rows: readonly (readonly [string, readonly string[]])[] = [
    ['Kind', [rule.kind]],
    ['State', [rule.active ? 'active' : (rule.inactiveReason ?? 'not active')]],
    ['On', rule.on.map(({ value }) => value)],
    ['Globs', rule.globs.map(({ value }) => value)],
    ['Actions', rule.actions.map((action) => action.type)],
    ['Approval', rule.approval === undefined ? [] : [rule.approval]],
    ['Model', rule.model === undefined ? [] : [rule.model]],
    ['Budget', budget],
  ];
  return rows.filter(([, values]) => values.length > 0).map(([name, values]) => [name, values.join(', ')]);
}

function renderForPeople({ rule, text, problems }: Found, context: CommandContext): string {
  const paint = context.paints.stdout;
  const showPath = pathShower(context);
  const rows = rowsOf(rule).map(([name, value]) => `  ${paint.dim(name.padEnd(9))}${plainLine(value)}\n`);
  const description = rule.description === '' ? '' : `${plainLine(rule.description)}\n`;
  const faults = problems.length === 0 ? '' : `\n${renderFindings({ findings: problems, showPath, paint })}`;
  const title = `${paint.bold(plainLine(rule.name))} ${paint.dim(plainLine(showPath(rule.path)))}\n`;
  return `${title}${description}${rows.join('')}${faults}\n${plainBlock(text, '    ')}`;
}

function toRuleDocument({ rule, text, problems }: Found): unknown {
  return {
    id: rule.id,
    name: rule.name,
    kind: rule.kind,
    path: rule.path,
    description: rule.description,
    active: rule.active,
    inactiveReason: rule.inactiveReason ?? null,
    on: rule.on.map(({ value }) => value),
    globs: rule.globs.map(({ value }) => value),
    actions: rule.actions.map(({ type, message, target }) => ({ type, message, target: target ?? null })),
    approval: rule.approval ?? null,
    model: rule.model ?? null,
    budget: rule.budget,
    problems,
    text,
  };
}
