import { showName } from './fenceText.ts';
import { ShownTexts } from './shownTexts.ts';
import type { PromptRule, PromptRules } from './promptInput.ts';

export interface RuleText {
  readonly kind: 'always' | 'attached' | 'named' | 'rule';
  readonly rule: PromptRule;
  readonly text: string;
}

export interface ComposedRules {
  readonly guides: readonly RuleText[];
  readonly firing: RuleText;
  readonly requested: readonly PromptRule[];
}

/**
 * The rules of a prompt in their order, each text once: where one text stands in several rules, or was inherited or
 * included by several, the firing rule has it, else the first of them. `without`: ids of guides that are left out.
 */
export function composeRules(input: PromptRules, without: ReadonlySet<string> = new Set()): ComposedRules {
  const shown = new ShownTexts();
  const firing: RuleText = { kind: 'rule', rule: input.rule, text: shown.take(input.rule) };
  const known = new Set([input.rule.id]);
  const guides: RuleText[] = [];
  const groups = [
    ['always', input.always],
    ['attached', input.attached],
    ['named', input.named],
  ] as const;
  for (const [kind, rules] of groups) {
    for (const rule of [...rules].sort(outerFirst)) {
      if (known.has(rule.id) || without.has(rule.id) || shown.hasBody(rule)) continue;
      const text = shown.take(rule);
      if (text === '') continue;
      known.add(rule.id);
      guides.push({ kind, rule, text });
    }
  }
  const requested = input.requested.filter((rule) => !known.has(rule.id)).sort(outerFirst);
  return { guides, firing, requested };
}

export function renderRule({ rule, text }: RuleText): string {
  return `<project-rule name="${showName(rule.name)}">\n${text}\n</project-rule>`;
}

export function renderRequested(rules: readonly PromptRule[]): string {
  const lines = rules.map((rule) => `- ${showName(rule.name)}: ${showName(rule.description)}`);
  return ['These rules of the project are not shown; follow what their descriptions say:', ...lines].join(
    '\n',
  );
}

/** Outer folders before inner, then the higher priority, then by identity. */
function outerFirst(a: PromptRule, b: PromptRule): number {
  return (
    depthOf(a.scope) - depthOf(b.scope) ||
    b.priority - a.priority ||
    compare(a.scope, b.scope) ||
    compare(a.id, b.id)
  );
}

function depthOf(scope: string): number {
  return scope === '' ? 0 : scope.split('/').length;
}

/** By code units, as the user's language must not change a prompt. */
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
