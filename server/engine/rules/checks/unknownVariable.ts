import type { Span } from '../../documents/span.ts';
import type { Rule, RuleProblem } from '../rule.ts';
import { nearVariable } from '../vocabulary/variables.ts';
import type { RuleCheck } from './ruleCheck.ts';

/** `rule.unknown-variable`: `{filename}` and its like, which stay in the text as they are written. */
export const unknownVariable: RuleCheck = ({ text, rule }) =>
  templateSpans(rule).flatMap((span) => findNearMisses(text, span));

/** Where variables are replaced: in actions of frontmatter, and in `exists` and `missing` everywhere. */
function templateSpans(rule: Rule): readonly Span[] {
  const filters = rule.filters.filter(({ type }) => type === 'exists' || type === 'missing');
  const actions = rule.form === 'file' ? rule.actions : [];
  return [
    ...filters.map(({ span }) => span),
    ...actions.flatMap(({ fields }) =>
      ['message', 'target', 'command', 'task', 'context'].flatMap((key) => fields.get(key) ?? []),
    ),
  ];
}

function findNearMisses(text: string, { start, end }: Span): readonly RuleProblem[] {
  const source = text.slice(start, end);
  if (!source.includes('{')) return [];
  return Array.from(source.matchAll(/\{([A-Za-z_]{2,20})\}/g), (match) => {
    const [, word = ''] = match;
    const near = nearVariable(word);
    if (near === undefined) return undefined;
    const at = start + match.index + 1;
    return {
      code: 'rule.unknown-variable',
      severity: 'hint',
      message: `\`{${word}}\` is no variable and stays as it is written. Did you mean \`{${near}}\`?`,
      span: { start: at, end: at + word.length },
      data: { near },
    } as const;
  }).filter((problem) => problem !== undefined);
}
