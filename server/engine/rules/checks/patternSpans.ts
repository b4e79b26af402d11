import type { Span } from '../../documents/span.ts';
import type { Rule } from '../rule.ts';
import { takesPattern } from '../vocabulary/filters.ts';

const conditionKeys = ['pattern', 'negative_pattern', 'pattern_negate', 'file_pattern', 'location'];

/** Where the regular expressions of a rule stand, quotes included for those of conditions. */
export function patternSpans(rule: Rule): readonly Span[] {
  const filters = rule.filters.filter(({ type }) => takesPattern(type)).map(({ span }) => span);
  const conditions = rule.actions
    .flatMap((action) => action.conditions)
    .flatMap(({ fields }) => conditionKeys.flatMap((key) => fields.get(key) ?? []));
  return [...filters, ...conditions];
}
