import type { Rule } from '../../rules/rule.ts';
import { code, plain } from '../hover/markdown.ts';
import { docOfKey } from '../ruleSchema.ts';

/** What a rule asks for beside the user's settings, as lines of Markdown; none for a rule that asks no model. */
export function describeLimits({ approval, model, budget, actions }: Rule): readonly string[] {
  const approvals = [approval, ...actions.map((action) => action.approval)].filter(
    (each) => each !== undefined,
  );
  const modes = [...new Set(approvals)].map((mode) => {
    const meaning = docOfKey('frontmatter', ['approval'])?.values?.[mode] ?? '';
    return `- Approval ${code(mode)}: ${meaning} The strictest of yours and the rule’s counts.`;
  });
  const { usd, tokens, seconds, attempts } = budget;
  const limits = [
    ...(usd === undefined ? [] : [`${usd} US dollars`]),
    ...(tokens === undefined ? [] : [`${tokens} tokens`]),
    ...(seconds === undefined ? [] : [`${seconds} seconds`]),
    ...(attempts === undefined ? [] : [`${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}`]),
  ];
  return [
    ...modes,
    ...(limits.length === 0
      ? []
      : [`- A run may take ${limits.join(', ')}; your own limits count where they are lower.`]),
    ...(model === undefined ? [] : [`- It asks for the model ${plain(model)}.`]),
  ];
}
