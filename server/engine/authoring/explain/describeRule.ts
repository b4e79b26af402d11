import { createLineMap } from '../../documents/lineMap.ts';
import type { WorkspacePaths } from '../../rules/globs/workspacePaths.ts';
import type { EffectiveRule } from '../../rules/inheritance/effectiveRule.ts';
import type { Rule, RuleProblem } from '../../rules/rule.ts';
import type { RuleCatalog } from '../../rules/ruleCatalog.ts';
import { explainMatches } from '../hover/explainMatches.ts';
import { code, plain } from '../hover/markdown.ts';
import { explainKind } from '../ruleKinds.ts';
import { describeActions } from './describeActions.ts';
import { describeFiring } from './describeFiring.ts';
import { describeLimits } from './describeLimits.ts';

/** What a rule is seen with. */
export interface RuleSurroundings {
  readonly catalog: RuleCatalog;
  readonly workspace: WorkspacePaths;
  /** Why it does not act, as it goes on after "because"; undefined: it acts, or the rule itself knows. */
  readonly inactiveReason?: string | undefined;
}

/**
 * A rule in words, as Markdown: what it is, when it applies, what it does, what it inherits, which files it is about
 * now, what limits it, and what is wrong with it. undefined: there is no such rule.
 */
export function describeRule(surroundings: RuleSurroundings, ruleId: string): string | undefined {
  const { catalog, workspace } = surroundings;
  const effective = catalog.effective(ruleId);
  if (effective === undefined) return undefined;
  const { rule } = effective;
  const globs = rule.globs.map(({ value }) => value);
  const sections: readonly (readonly [title: string, lines: readonly string[]])[] = [
    ['When it applies', describeFiring(rule)],
    ['What it does', describeActions(rule)],
    ['Files', globs.length === 0 ? [] : [explainMatches(workspace, globs, rule.scope)]],
    ['What it inherits', describeLineage(effective, catalog)],
    ['Limits', describeLimits(rule)],
    ['Problems', describeProblems(rule, catalog)],
  ];
  return [
    `# ${plain(rule.name)}`,
    ...(rule.description === '' ? [] : [plain(rule.description)]),
    describeState(rule, surroundings.inactiveReason),
    ...sections.flatMap(([title, lines]) => (lines.length === 0 ? [] : [`## ${title}`, lines.join('\n')])),
    '',
  ].join('\n\n');
}

function describeState(rule: Rule, inactiveReason: string | undefined): string {
  const reason = inactiveReason ?? (rule.active ? undefined : (rule.inactiveReason ?? 'it is switched off'));
  return reason === undefined
    ? explainKind(rule)
    : `${explainKind(rule)} **Not active**, because ${plain(reason)}.`;
}

/** Its parents in the order in which they count, and which values come from which file. */
function describeLineage(effective: EffectiveRule, catalog: RuleCatalog): readonly string[] {
  const { rule, lineage, provenance } = effective;
  const parents = lineage.slice(1).map((id, at) => {
    const parent = catalog.rule(id);
    const description =
      parent === undefined || parent.description === '' ? '' : `: ${plain(parent.description)}`;
    return `${at + 1}. ${code(id)}${description}`;
  });
  const values = [...provenance].flatMap(([key, places]) => {
    const others = places.filter(({ path }) => path !== rule.path);
    const from = others.map(({ path, span }) => code(`${path}:${lineOf(catalog, path, span.start)}`));
    return others.length === 0 ? [] : [`- ${code(key)} from ${from.join(' and ')}`];
  });
  return [...parents, ...(parents.length > 0 && values.length > 0 ? [''] : []), ...values];
}

function describeProblems(rule: Rule, catalog: RuleCatalog): readonly string[] {
  const problems = catalog.problems(rule.path).filter((problem) => concerns(problem, rule, catalog));
  return problems.map(
    ({ severity, message, code: name, span }) =>
      `- ${severity} in line ${lineOf(catalog, rule.path, span.start)}: ${plain(message)} (${code(name)})`,
  );
}

/** What stands in a block is its own affair; the rest of the file is that of the file's rule. */
function concerns({ span }: RuleProblem, { form, span: own, path }: Rule, catalog: RuleCatalog): boolean {
  const isIn = (whole: Rule['span']): boolean => span.start >= whole.start && span.start <= whole.end;
  if (form === 'block') return isIn(own);
  return catalog.document(path)?.blocks.some((block) => isIn(block.span)) !== true;
}

function lineOf(catalog: RuleCatalog, path: string, offset: number): number {
  return createLineMap(catalog.text(path) ?? catalog.document(path)?.text ?? '').positionAt(offset).line + 1;
}
