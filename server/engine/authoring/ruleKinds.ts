import type { Rule } from '../rules/rule.ts';

const kinds = {
  always: 'Always',
  autoAttached: 'Auto Attached',
  agentRequested: 'Agent Requested',
  manual: 'Manual',
} as const;

const meanings = {
  always: 'its text goes into every prompt',
  autoAttached: 'its text goes into prompts about files that its globs match',
  agentRequested: 'models see its description and ask for its text when they need it',
  manual: 'its text goes into prompts that name it',
} as const;

/** As lists and hints show it: Cursor's kind, and *Triggered* beside it where events fire the rule. */
export function kindLabel(rule: Rule): string {
  if (rule.abstract) return 'Abstract';
  if (rule.form === 'block') return rule.on.length > 0 ? 'Triggered' : 'Block';
  return rule.on.length > 0 ? `${kinds[rule.kind]}, Triggered` : kinds[rule.kind];
}

/** The kind in a sentence. */
export function explainKind(rule: Rule): string {
  if (rule.abstract) return '**Abstract**: it is there to be extended by other rules.';
  const guides = rule.form === 'file' ? [meanings[rule.kind]] : [];
  const fires =
    rule.on.length > 0 ? [`it fires on ${[...new Set(rule.on.map(({ value }) => value))].join(', ')}`] : [];
  const parts = [...guides, ...fires].join('; ');
  return `**${kindLabel(rule)}**${parts === '' ? '' : `: ${parts}`}.`;
}
