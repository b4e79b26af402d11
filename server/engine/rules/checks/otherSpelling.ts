import type { Span } from '../../documents/span.ts';
import type { Filter, Rule, RuleProblem } from '../rule.ts';
import { resolveEvent } from '../vocabulary/events.ts';
import { changeSpellings, resolveFilterType } from '../vocabulary/filters.ts';
import type { RuleCheck } from './ruleCheck.ts';

/** `rule.other-spelling`: a word that is understood, and has another name in the documentation. */
export const otherSpelling: RuleCheck = ({ text, rule }) => [
  // The events of a block are those of its filters.
  ...(rule.form === 'file' ? rule.on.flatMap(({ value, span }) => hint(text, span, value)) : []),
  ...rule.filters.flatMap((filter) => [...typeOf(text, filter), ...eventsOf(text, filter)]),
  ...actionTypes(text, rule),
];

function hint(text: string, span: Span, near: string): readonly RuleProblem[] {
  const word = text.slice(span.start, span.end);
  if (word === near || word === '') return [];
  const message = `\`${word}\` is read as \`${near}\`, which is its name here.`;
  return [{ code: 'rule.other-spelling', severity: 'hint', message, span, data: { near } }];
}

function typeOf(text: string, { type, fields }: Filter): readonly RuleProblem[] {
  const span = fields.get('type');
  if (span === undefined || resolveFilterType(type) === undefined) return [];
  const word = text.slice(span.start, span.end);
  // What these mean depends on the filters beside them.
  return changeSpellings.includes(word) || resolveFilterType(word) !== type ? [] : hint(text, span, type);
}

/** Names that stand there as plain words; a pattern over names is left alone. */
function eventsOf(text: string, { type, fields, span }: Filter): readonly RuleProblem[] {
  const written = fields.get('type');
  if (type !== 'event' || written === undefined || fields.get('pattern') === undefined) return [];
  if (resolveFilterType(text.slice(written.start, written.end)) !== 'event') return [];
  const source = text.slice(span.start, span.end);
  if (!/^[\^(?:]*[\w-]+(?:[ \t]*\|[ \t]*[\w-]+)*[)$]*$/.test(source)) return [];
  return Array.from(source.matchAll(/[\w-]+/g)).flatMap((match) => {
    const event = resolveEvent(match[0]);
    const start = span.start + match.index;
    return event === undefined ? [] : hint(text, { start, end: start + match[0].length }, event);
  });
}

/** In a block `enforce` acts otherwise than `validate`, so that it is no other spelling of it. */
function actionTypes(text: string, rule: Rule): readonly RuleProblem[] {
  return rule.actions.flatMap(({ type, written, fields }) => {
    const span = fields.get('type');
    const isOwnKind = rule.form === 'block' && written.toLowerCase() === 'enforce';
    return span === undefined || isOwnKind || !otherNames.has(written.toLowerCase())
      ? []
      : hint(text, span, type);
  });
}

const otherNames: ReadonlySet<string> = new Set([
  'instructions',
  'format',
  'react',
  'check',
  'analyze',
  'enforce',
  'execute',
]);
