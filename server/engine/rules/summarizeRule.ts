import type { RuleSummary } from '../../protocol/requests.ts';
import { createLineMap } from '../documents/lineMap.ts';
import { isCheckAction } from './modelActions.ts';
import type { Rule, RuleDocument } from './rule.ts';

export interface SummarySource {
  readonly root: string;
  readonly document: RuleDocument;
  /** The effective rules of the file. */
  readonly rules: readonly Rule[];
  readonly place: RuleSummary['place'];
  /** Why nothing of the file acts, whatever it says; undefined: its rules decide. */
  readonly barred: string | undefined;
}

/** The rules of a file as lists show them. */
export function summarizeRules({
  root,
  document,
  rules,
  place,
  barred,
}: SummarySource): readonly RuleSummary[] {
  const lines = document.blocks.length === 0 ? undefined : createLineMap(document.text);
  const summarize = (rule: Rule): RuleSummary => {
    const reason = barred ?? (rule.active ? undefined : (rule.inactiveReason ?? 'it is switched off'));
    const active = reason === undefined;
    return {
      folder: root,
      ruleId: rule.id,
      name: rule.name,
      kind: rule.kind,
      uri: rule.path.startsWith('builtin:') ? rule.path : toFileUri(root, rule.path),
      line: lines?.positionAt(rule.span.start).line ?? 0,
      description: rule.description,
      fires: active && rule.actions.some(({ type }) => rule.on.length > 0 || isCheckAction(type)),
      active,
      abstract: rule.abstract,
      ...(reason === undefined ? {} : { inactiveReason: reason }),
      enabled: rule.enabled,
      place,
    };
  };
  return rules.map(summarize);
}

function toFileUri(root: string, path: string): string {
  const absolute = `${root.replaceAll('\\', '/').replace(/\/$/, '')}/${path}`;
  const encoded = absolute.split('/').map(encodeURIComponent).join('/');
  return encoded.startsWith('/') ? `file://${encoded}` : `file:///${encoded}`;
}
