import { showName } from './fenceText.ts';
import type { PromptRule, TestPromptInput } from './promptInput.ts';

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
 * The rules of a prompt in their order, each text once: where one text stands in several rules, the firing rule has
 * it, else the first of them.
 */
export function composeRules(input: TestPromptInput): ComposedRules {
  const firing: RuleText = { kind: 'rule', rule: input.rule, text: textOf(input.rule) };
  const shown = new Set([input.rule.id]);
  const texts = new Set(input.rule.body.trim() === '' ? [] : [input.rule.body.trim()]);
  const guides: RuleText[] = [];
  const groups = [
    ['always', input.always],
    ['attached', input.attached],
    ['named', input.named],
  ] as const;
  for (const [kind, rules] of groups) {
    for (const rule of [...rules].sort(outerFirst)) {
      const text = textOf(rule);
      if (shown.has(rule.id) || text === '' || texts.has(rule.body.trim())) continue;
      shown.add(rule.id);
      if (rule.body.trim() !== '') texts.add(rule.body.trim());
      guides.push({ kind, rule, text });
    }
  }
  const requested = input.requested.filter((rule) => !shown.has(rule.id)).sort(outerFirst);
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

function textOf(rule: PromptRule): string {
  return [rule.body, ...(rule.messages ?? [])]
    .map((text) => text.trim())
    .filter((text, index, all) => text !== '' && all.indexOf(text) === index)
    .join('\n\n');
}
