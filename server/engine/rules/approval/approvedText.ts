import type { Action, Condition, Filter, Rule } from '../rule.ts';
import { describeRights } from './describeRights.ts';
import { renderMap } from './renderValue.ts';

/**
 * What a person approves of a rule, to be read by people: what it may do, then all that the effective rule says, with
 * parents, includes and blocks in it, as a rule file. Two rules with one such text do the same. Where a rule lies, in which
 * order it comes, how its file is laid out and its line breaks do not count.
 */
export function approvedText(rule: Rule): string {
  const text = known.get(rule) ?? render(rule);
  known.set(rule, text);
  return text;
}

const known = new WeakMap<Rule, string>();

function render(rule: Rule): string {
  const rights = describeRights(rule).map((right) => `# It may ${oneLine(right)}.\n`);
  return `---\n${rights.join('')}${renderMap(valuesOf(rule))}---\n${rule.body.replaceAll(/\r\n?/g, '\n').trimEnd()}\n`;
}

/** Every value that says something under the name of its key; what is left out has its default. */
function valuesOf(rule: Rule): Readonly<Record<string, unknown>> {
  const { form, description, version, globs, alwaysApply, on, origin, debounceMs, skipTrivial } = rule;
  const { filters, actions, model, budget, approval, metadata } = rule;
  return telling({
    form,
    // A name that was not written is that of the file.
    name: rule.written.has('name') ? rule.name : undefined,
    description,
    version,
    globs,
    alwaysApply,
    on,
    origin,
    debounceMs,
    skip: skipTrivial ? 'trivial' : undefined,
    filters: filters.map(filterValues),
    actions: actions.map(actionValues),
    model,
    budget,
    approval,
    // Its values are the author's own: also an empty one says something.
    ...(Object.keys(metadata).length === 0 ? {} : { metadata: { ...metadata } }),
  });
}

function filterValues({ span: _span, fields: _fields, ...filter }: Filter): unknown {
  return telling({ ...filter });
}

function actionValues(action: Action): unknown {
  const {
    span: _span,
    fields: _fields,
    type,
    written,
    command,
    switches,
    conditions,
    when,
    retry,
    ...rest
  } = action;
  return telling({
    type,
    written: written === type ? undefined : written,
    command: command?.form === 'line' ? command.line : command?.items,
    ...rest,
    ...switches,
    when: when === 'success' ? undefined : when,
    retry: retry === 0 ? undefined : retry,
    conditions: conditions.map(conditionValues),
  });
}

function conditionValues(condition: Condition): unknown {
  const { span: _span, fields: _fields, target, must, explicit, ...rest } = condition;
  return telling({
    ...rest,
    target: target === 'content' ? undefined : target,
    must: explicit || must === 'present' ? must : undefined,
  });
}

/** Without what says nothing, and places taken off. */
function telling(values: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const entries = Object.entries(values).map(
    ([key, value]) => [key, key === 'metadata' ? value : withoutPlaces(value)] as const,
  );
  return Object.fromEntries(
    entries.filter(([, value]) => value !== undefined && value !== false && value !== '' && !isEmpty(value)),
  );
}

/** Places move with every line above them. */
function withoutPlaces(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPlaces);
  if (typeof value !== 'object' || value === null) return value;
  if ('span' in value && 'value' in value) return value.value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutPlaces(inner)]));
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ');
}
