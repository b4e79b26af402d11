import type { RuleSummary } from '../../protocol/requests.ts';
import { pathShower, type CommandContext } from '../commandContext.ts';
import { exitCodes, type ExitCode } from '../exitCodes.ts';
import { plainLine } from '../render/plainText.ts';
import { renderJson } from '../render/renderJson.ts';
import { renderTable } from '../render/renderTable.ts';

/** `clctl rules`: every rule of the folder, broken ones included. */
export async function listRules(
  json: boolean,
  context: CommandContext,
  signal: AbortSignal,
): Promise<ExitCode> {
  const { engine, root, output, paints } = context;
  await engine.openFolder(root, signal);
  if (signal.aborted) return exitCodes.cancelled;
  const rules = engine.rules().filter((rule) => rule.folder === root);
  const reasons = inactiveReasons(context);
  const showPath = pathShower(context);
  if (json) {
    const rows = rules.map((rule) => toRuleDocument(rule, reasons.get(rule.ruleId)));
    output.stdout(renderJson(rows));
  } else if (rules.length === 0) {
    output.stdout('There are no rules here; rules lie in .cursor/rules/*.mdc.\n');
  } else {
    const rows = rules.map((rule) => [
      plainLine(rule.name),
      rule.kind,
      plainLine(showPath(pathOfRule(rule))),
      rule.active
        ? paints.stdout.green(stateOf(rule))
        : paints.stdout.yellow(plainLine(reasons.get(rule.ruleId) ?? 'not active')),
    ]);
    output.stdout(renderTable(['NAME', 'KIND', 'PATH', 'STATE'], rows, paints.stdout));
  }
  return exitCodes.good;
}

function stateOf({ fires }: RuleSummary): string {
  return fires ? 'active, fires' : 'active';
}

/** Ids are `path` or `path#n`. */
function pathOfRule({ ruleId }: RuleSummary): string {
  return ruleId.replace(/#\d+$/, '');
}

function inactiveReasons({ engine, root }: CommandContext): ReadonlyMap<string, string> {
  const rules = engine.ruleDocuments(root).flatMap((document) => [document.file, ...document.blocks]);
  return new Map(
    rules.flatMap((rule) => (rule.inactiveReason === undefined ? [] : [[rule.id, rule.inactiveReason]])),
  );
}

function toRuleDocument(rule: RuleSummary, reason: string | undefined): unknown {
  const { ruleId, name, kind, description, active, fires } = rule;
  return {
    id: ruleId,
    name,
    kind,
    path: pathOfRule(rule),
    line: rule.line + 1,
    description,
    active,
    fires,
    inactiveReason: active ? null : (reason ?? null),
  };
}
