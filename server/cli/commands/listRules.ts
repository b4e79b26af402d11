import { matchRuleGlobs } from '../../engine/rules/globs/matchRuleGlobs.ts';
import type { RuleSummary } from '../../protocol/requests.ts';
import { pathShower, type CommandContext } from '../commandContext.ts';
import { exitCodes, type ExitCode } from '../exitCodes.ts';
import { plainLine } from '../render/plainText.ts';
import { renderJson } from '../render/renderJson.ts';
import { renderTable } from '../render/renderTable.ts';

/** `clctl rules`: every rule of the folder, broken ones included; with a path, those that are about that file. */
export async function listRules(
  { json, path }: { readonly json: boolean; readonly path: string | undefined },
  context: CommandContext,
  signal: AbortSignal,
): Promise<ExitCode> {
  const { engine, root, output, paints } = context;
  await engine.openFolder(root, signal);
  if (signal.aborted) return exitCodes.cancelled;
  const all = engine.rules().filter((rule) => rule.folder === root);
  const rules = path === undefined ? all : all.filter((rule) => isAbout(rule, path, context));
  const reasons = inactiveReasons(context);
  const showPath = pathShower(context);
  if (json) {
    const rows = rules.map((rule) => toRuleDocument(rule, reasons.get(rule.ruleId)));
    output.stdout(renderJson(rows));
  } else if (rules.length === 0) {
    output.stdout(
      path === undefined || all.length === 0
        ? 'There are no rules here; rules lie in .cursor/rules/*.mdc.\n'
        : `No rule is about ${plainLine(showPath(path))}.\n`,
    );
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

/** An active rule whose globs, with all that it inherits, take the file in. Filters are not asked: they may need its text. */
function isAbout({ ruleId }: RuleSummary, path: string, { engine, root }: CommandContext): boolean {
  const rule = engine.ruleCatalog(root, 'saved')?.effective(ruleId)?.rule;
  return rule?.active === true && matchRuleGlobs(rule, path).kind === 'matches';
}

function stateOf({ fires }: RuleSummary): string {
  return fires ? 'active, fires' : 'active';
}

/** Ids are `path` or `path#n`. */
function pathOfRule({ ruleId }: RuleSummary): string {
  return ruleId.replace(/#\d+$/, '');
}

/** Of the rules with all that they inherit: a parent may be why one is not active. */
function inactiveReasons({ engine, root }: CommandContext): ReadonlyMap<string, string> {
  const catalog = engine.ruleCatalog(root, 'saved');
  const documents = [...(catalog?.documents() ?? []), ...(catalog?.bundledDocuments() ?? [])];
  const rules = documents.flatMap(({ path }) => catalog?.effectiveRules(path) ?? []);
  return new Map(
    rules.flatMap(({ rule }) => (rule.inactiveReason === undefined ? [] : [[rule.id, rule.inactiveReason]])),
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
