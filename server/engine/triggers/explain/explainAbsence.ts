import { isDraftPath } from '../../rules/rulePaths.ts';
import type { Explanation, ExplainedRule } from './explanation.ts';
import { placeOf } from './explanation.ts';

/** Why a rule does nothing whatever the file is; undefined when something of it acts. */
export function explainAbsence(explained: ExplainedRule, isLive: boolean): Explanation | undefined {
  const { rule } = explained.effective;
  if (isDraftPath(rule.path)) {
    return {
      applies: 'no',
      reason: 'it is a draft',
      by: undefined,
      change: 'Promote the draft, or move its file into `.cursor/rules/`.',
    };
  }
  if (!isLive) {
    return {
      applies: 'no',
      reason: 'its file lies in no folder whose rules are live',
      by: undefined,
      change:
        'Move the file into `.cursor/rules/`, or name its folder in the setting `codegenLab.rules.folders`.',
    };
  }
  return rule.active ? undefined : explainInactive(explained);
}

function explainInactive(explained: ExplainedRule): Explanation {
  const { catalog, effective } = explained;
  const { rule } = effective;
  const error = catalog.problems(rule.path).find(({ severity }) => severity === 'error');
  const reason = rule.inactiveReason ?? 'it is not active';
  const answer = { applies: 'no', reason } as const;
  if (error !== undefined)
    return { ...answer, by: { path: rule.path, span: error.span }, change: 'Correct the error.' };
  const key = rule.enabled ? 'abstract' : 'enabled';
  return {
    ...answer,
    by: placeOf(explained, key, { span: rule.written.get(key) ?? rule.span }),
    change: rule.enabled
      ? 'Write a rule that extends it, or remove `abstract: true`.'
      : 'Remove `enabled: false`.',
  };
}
