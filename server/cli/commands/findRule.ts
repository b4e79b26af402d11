import type { RuleSummary } from '../../protocol/requests.ts';
import type { CommandContext } from '../commandContext.ts';
import { plainLine } from '../render/plainText.ts';

/** A rule of the workspace folder by id, or by a name that only one rule has. */
export function findRule(
  { engine, root }: Pick<CommandContext, 'engine' | 'root'>,
  wanted: string,
): RuleSummary | { readonly problem: string } {
  const rules = engine.rules().filter((rule) => rule.folder === root);
  const byId = rules.find((rule) => rule.ruleId === wanted);
  if (byId) return byId;
  const named = rules.filter((rule) => rule.name === wanted);
  const [only] = named;
  if (only && named.length === 1) return only;
  if (only)
    return {
      problem: `Several rules are named ${wanted}. Say which by its id: ${list(named.map((rule) => rule.ruleId))}.`,
    };
  if (rules.length === 0)
    return { problem: `There is no rule in ${root}; rules lie in .cursor/rules/*.mdc.` };
  return { problem: `There is no rule ${wanted}. The rules are ${list(rules.map((rule) => rule.name))}.` };
}

function list(names: readonly string[]): string {
  const shown = [...new Set(names)].slice(0, 20).map(plainLine);
  return shown.join(', ') + (names.length > shown.length ? ', …' : '');
}
