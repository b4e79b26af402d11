import { seesPath } from '../../rules/globs/matchRuleGlobs.ts';
import { explainGlobs } from './explainGlobs.ts';
import type { ExplainedRule, Explanation } from './explanation.ts';
import { placeOf } from './explanation.ts';

/** Whether a rule's text goes into prompts about this file; the rule is live and active. */
export function explainGuiding(explained: ExplainedRule, path: string): Explanation {
  const { rule } = explained.effective;
  if (rule.form === 'block') {
    return {
      applies: 'no',
      reason: 'a `<rule>` block adds no text of its own to prompts: its file does',
      by: { path: rule.path, span: rule.span },
      change: 'Look at the rule of the file, which holds the block.',
    };
  }
  // The folder of a rule limits every kind of it, its globs only this one.
  if (rule.kind === 'autoAttached' || !seesPath(rule, path)) return explainGlobs(explained, path);
  switch (rule.kind) {
    case 'always':
      return always(explained);
    case 'agentRequested':
      return {
        applies: 'onRequest',
        reason: 'prompts name it with its description, and the model may ask for its text',
        by: placeOf(explained, 'description', { span: rule.written.get('description') }),
        change: 'Give it `globs`, or `alwaysApply: true`, to have its text in the prompt itself.',
      };
    case 'manual':
      return {
        applies: 'onRequest',
        reason: 'it has neither `globs` nor a description, so it guides only where `context` names it',
        by: undefined,
        change:
          'Give it `globs`, a `description`, or `alwaysApply: true`; or name it in the `context` of an action.',
      };
  }
}

function always(explained: ExplainedRule): Explanation {
  return {
    applies: 'yes',
    reason: 'it is in every prompt (`alwaysApply: true`)',
    by: placeOf(explained, 'alwaysApply', { span: explained.effective.rule.written.get('alwaysApply') }),
    change: undefined,
  };
}
