import type { Span } from '../engine/documents/span.ts';
import type { Action, Rule, RuleDocument } from '../engine/rules/rule.ts';

/** What cannot be true of any rule file that was read, in words; undefined when all is well. */
export function findUnsoundPlace(document: RuleDocument): string | undefined {
  const rules = [document.file, ...document.blocks];
  const spans = [...document.problems.map(({ span }) => span), ...rules.flatMap(spansOf)];
  const outside = spans.find(({ start, end }) => start < 0 || start > end || end > document.text.length);
  if (outside !== undefined) return `A range lies outside of the text: ${outside.start} to ${outside.end}.`;
  if (document.problems.some(({ message }) => message === '')) return 'A problem says nothing.';
  const hasError = document.problems.some(({ severity }) => severity === 'error');
  const isStopped = rules.some(({ active, inactiveReason }) => !active && inactiveReason !== undefined);
  if (hasError && !isStopped) return 'There is an error, and every rule is active.';
  const isQuiet = rules.find(({ active, inactiveReason }) => !active && inactiveReason === undefined);
  return isQuiet === undefined ? undefined : 'A rule is inactive, and nobody says why.';
}

function spansOf(rule: Rule): readonly Span[] {
  return [
    rule.span,
    ...rule.written.values(),
    ...[...rule.globs, ...rule.extends, ...rule.on].map(({ span }) => span),
    ...rule.filters.flatMap(({ span, fields }) => [span, ...fields.values()]),
    ...rule.actions.flatMap(spansOfAction),
  ];
}

function spansOfAction({ span, fields, needs, fallback, task, conditions }: Action): readonly Span[] {
  const located = [...needs, fallback, task].filter((each) => each !== undefined);
  return [
    span,
    ...fields.values(),
    ...located.map((each) => each.span),
    ...conditions.flatMap((condition) => [condition.span, ...condition.fields.values()]),
  ];
}
