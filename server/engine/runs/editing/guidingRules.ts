import type { PromptRule, PromptRules } from '../../generation/promptInput.ts';
import { seesPath } from '../../rules/globs/matchRuleGlobs.ts';
import type { Action, Rule } from '../../rules/rule.ts';
import type { RuleStore } from '../../rules/ruleStore.ts';

export interface Guided {
  readonly rules: RuleStore;
  /** The rule that fires. */
  readonly rule: Rule;
  readonly action: Action;
}

/** The rules of a prompt about these files: the one that fires, and those that guide the work, each kind as Cursor defines it. */
export function guidingRules(input: Guided, paths: readonly string[]): PromptRules {
  const guiding = input.rules
    .liveRules()
    .filter((rule) => rule.active && rule.form === 'file' && rule.id !== input.rule.id);
  const attached = new Set(paths.flatMap((path) => input.rules.rulesFor(path)).map((rule) => rule.id));
  const named = new Set(input.action.context.flatMap((wish) => namedRule(input, wish)));
  const sees = (rule: Rule): boolean => paths.some((path) => seesPath(rule, path));
  const select = (holds: (rule: Rule) => boolean): readonly PromptRule[] =>
    guiding.filter(holds).map((rule) => promptRule(rule, input.rules));
  return {
    rule: promptRule(input.rule, input.rules),
    always: select((rule) => rule.kind === 'always' && sees(rule)),
    attached: select((rule) => rule.kind === 'autoAttached' && attached.has(rule.id)),
    requested: select((rule) => rule.kind === 'agentRequested' && sees(rule)),
    named: select((rule) => rule.kind === 'manual' && named.has(rule.id)),
  };
}

/** A rule as an entry of `context` names it, seen from the rule that fires; globs name none. */
function namedRule({ rules, rule }: Guided, wish: string): readonly string[] {
  const target = wish.replace(/^@/u, '');
  const nowhere = { start: 0, end: 0 };
  const reference = { kind: 'rule', target, heading: undefined, span: nowhere, whole: nowhere } as const;
  const found = rules.saved.resolve(reference, rule.path);
  return found.kind === 'rule' ? [found.ruleId] : [];
}

function promptRule(rule: Rule, { saved }: RuleStore): PromptRule {
  const { id, name, description, scope, priority, body } = rule;
  const messages = rule.actions
    .filter((action) => action.type === 'suggest' && action.message !== '')
    .map((action) => action.message);
  const pieces = saved.effective(id)?.pieces ?? [];
  if (pieces.length < 2) return { id, name, description, scope, priority, body, messages };
  const parts = pieces.map(({ text, path, span }) => ({
    text,
    source: `${path}:${span.start}-${span.end}`,
    isOwn: path === rule.path,
  }));
  return { id, name, description, scope, priority, body, messages, pieces: parts };
}
