import type { Span } from '../../documents/span.ts';
import { translatePattern } from '../patterns/translatePattern.ts';
import type { Rule, RuleProblem } from '../rule.ts';
import { takesPattern } from '../vocabulary/filters.ts';
import type { RuleCheck } from './ruleCheck.ts';

/** `rule.slow-pattern`: it may try more ways than a text has characters, and no engine in linear time can run it. */
export const slowPattern: RuleCheck = ({ rule }) =>
  rule.filters.length + rule.actions.length === 0 ? [] : patternsOf(rule).flatMap(checkOne);

interface RulePattern {
  readonly source: string;
  readonly flags: string;
  readonly span: Span;
}

function patternsOf(rule: Rule): readonly RulePattern[] {
  const filters = rule.filters
    .filter(({ type }) => takesPattern(type))
    .map(({ pattern, flags, span }) => ({ source: pattern, flags, span }));
  const conditions = rule.actions
    .flatMap((action) => action.conditions)
    .flatMap(({ pattern, negativePattern, span, fields }) => [
      ...(pattern === undefined ? [] : [{ source: pattern, flags: '', span }]),
      ...(negativePattern === undefined
        ? []
        : [
            {
              source: negativePattern,
              flags: '',
              span: fields.get('negative_pattern') ?? fields.get('pattern_negate') ?? span,
            },
          ]),
    ]);
  return [...filters, ...conditions];
}

function checkOne({ source, flags, span }: RulePattern): readonly RuleProblem[] {
  if (source.length > maxLength || !needsBacktracking.test(source) || !mayTakeLong(source)) return [];
  const result = translatePattern(source, flags);
  if (result.kind === 'invalid' || result.pattern.linear !== undefined) return [];
  const message =
    'This pattern can take very long on some texts, and its lookaround or back reference keeps it from being run in linear time. It is stopped after 50 ms a file; the rule then does not act. Use fewer `*` and `+` side by side or inside of each other.';
  return [{ code: 'rule.slow-pattern', severity: 'information', message, span }];
}

/** Longer ones are refused. */
const maxLength = 4096;

const needsBacktracking = /\(\?<?[=!]|\\[1-9]|\\k</;

/** A repetition inside a repeated group, or three wildcards of which each can take what the other takes. */
function mayTakeLong(source: string): boolean {
  const wildcards = source.match(/(?<!\\)\.[*+]|\[\\s\\S\][*+]/g) ?? [];
  if (wildcards.length >= 3) return true;
  const plain = source.replaceAll(/\\./g, 'x').replaceAll(/\[(?:[^\]\\]|\\.)*\]/g, 'x');
  return /\([^()]*[*+][^()]*\)(?:[*+]|\{\d+,\})/.test(plain);
}
