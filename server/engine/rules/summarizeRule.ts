import type { RuleSummary } from '../../protocol/requests.ts';
import { createLineMap } from '../documents/lineMap.ts';
import { isCheckAction } from './modelActions.ts';
import type { Rule, RuleDocument } from './rule.ts';

/** The effective rules of a file as lists show them. */
export function summarizeRules(
  root: string,
  document: RuleDocument,
  rules: readonly Rule[],
): readonly RuleSummary[] {
  const lines = document.blocks.length === 0 ? undefined : createLineMap(document.text);
  const summarize = (rule: Rule): RuleSummary => ({
    folder: root,
    ruleId: rule.id,
    name: rule.name,
    kind: rule.kind,
    uri: rule.path.startsWith('builtin:') ? rule.path : toFileUri(root, rule.path),
    line: lines?.positionAt(rule.span.start).line ?? 0,
    description: rule.description,
    fires: rule.active && rule.actions.some(({ type }) => rule.on.length > 0 || isCheckAction(type)),
    active: rule.active,
  });
  return rules.map(summarize);
}

function toFileUri(root: string, path: string): string {
  const absolute = `${root.replaceAll('\\', '/').replace(/\/$/, '')}/${path}`;
  const encoded = absolute.split('/').map(encodeURIComponent).join('/');
  return encoded.startsWith('/') ? `file://${encoded}` : `file:///${encoded}`;
}
