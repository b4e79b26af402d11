import type { Filter, RuleProblem } from '../rule.ts';
import { takesPattern } from '../vocabulary/filters.ts';
import { patternSpans } from './patternSpans.ts';
import type { RuleCheck } from './ruleCheck.ts';

/** `rule.python-pattern`: what Python writes otherwise than JavaScript is translated; it can be written plainly. */
export const pythonPattern: RuleCheck = ({ text, rule }) => {
  const anywhere = patternSpans(rule).flatMap(({ start, end }) =>
    Array.from(text.slice(start, end).matchAll(/\(\?(?:P[<=]|#)/g), (match) =>
      describe(match[0], start + match.index),
    ),
  );
  return [...anywhere, ...rule.filters.flatMap((filter) => findFlags(text, filter))];
};

function describe(written: string, start: number): RuleProblem {
  const message =
    written === '(?#'
      ? 'JavaScript has no comments in patterns; this one is left out.'
      : `\`${written}\` is Python’s: JavaScript names a group \`(?<name>…)\` and repeats it by \`\\k<name>\`. It is read as that.`;
  return {
    code: 'rule.python-pattern',
    severity: 'hint',
    message,
    span: { start, end: start + written.length },
  };
}

/** A filter has `flags` of its own; a condition has nothing but the prefix. */
function findFlags(text: string, { type, span }: Filter): readonly RuleProblem[] {
  if (!takesPattern(type)) return [];
  const prefix = /^(?:\(\?[ims]+\))+/.exec(text.slice(span.start, span.end))?.[0];
  if (prefix === undefined) return [];
  const message = `\`${prefix}\` is Python’s way to set flags; it is read as such. JavaScript’s is \`options: { flags: ${flagsOf(prefix)} }\`.`;
  const end = span.start + prefix.length;
  return [{ code: 'rule.python-pattern', severity: 'hint', message, span: { start: span.start, end } }];
}

export function flagsOf(prefix: string): string {
  return [...new Set(prefix.replaceAll(/[^ims]/g, ''))].join('');
}
