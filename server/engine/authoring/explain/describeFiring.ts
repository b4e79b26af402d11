import type { Filter, Origin, Rule } from '../../rules/rule.ts';
import { defaultDebounceMs } from '../../rules/reading/createRule.ts';
import { eventDocs } from '../../rules/vocabulary/eventDocs.ts';
import { code } from '../hover/markdown.ts';
import { docOfFilter } from '../ruleSchema.ts';

/** When a rule applies, as lines of Markdown: its globs, its events, and the filters that have to hold. */
export function describeFiring(rule: Rule): readonly string[] {
  return [
    ...describeGlobs(rule),
    ...describeEvents(rule),
    ...describeFilters(rule.filters.filter(({ remove }) => !remove)),
  ];
}

function describeGlobs({ globs, scope }: Rule): readonly string[] {
  const values = globs.map(({ value }) => value);
  const taken = values.filter((glob) => !glob.startsWith('!')).map((glob) => code(glob));
  const left = values.filter((glob) => glob.startsWith('!')).map((glob) => code(glob.slice(1)));
  if (taken.length === 0) return [];
  const without = left.length === 0 ? '' : `, and not ${left.join(' or ')}`;
  const where = scope === '' ? '' : ` below ${code(`${scope}/`)}`;
  return [`- A file matches ${taken.join(' or ')}${without}${where}.`];
}

const origins: Readonly<Record<Origin, string>> = {
  user: 'you',
  auto: 'the editor itself',
  disk: 'another program',
  self: 'Codegen Lab',
};

function describeEvents({ on, origin, debounceMs, skipTrivial }: Rule): readonly string[] {
  const events = [...new Set(on.map(({ value }) => value))];
  if (events.length === 0) return [];
  return [
    ...events.map((event) => `- ${code(event)}: ${eventDocs[event].summary}`),
    ...(origin === undefined
      ? []
      : [`- Only what came from ${origin.map((each) => origins[each]).join(' or ')}.`]),
    ...(debounceMs > 0 && debounceMs !== defaultDebounceMs
      ? [`- It waits until nothing has happened for ${debounceMs} ms.`]
      : []),
    ...(skipTrivial ? ['- Changes of white space and comments alone do not count.'] : []),
  ];
}

/** Entries of one type are alternatives, different types must all hold, a negated entry must hold by itself. */
function describeFilters(filters: readonly Filter[]): readonly string[] {
  const negated = filters.filter(({ negate }) => negate);
  const others = filters.filter(({ negate }) => !negate);
  const types = [...new Set(others.map(({ type }) => type))];
  return [
    ...types.map((type) => {
      const patterns = others.filter((filter) => filter.type === type).map(({ pattern }) => code(pattern));
      return `- ${code(type)} holds ${patterns.filter(Boolean).join(' or ')}${meaning(type)}`;
    }),
    ...negated.map(({ type, pattern }) => `- ${code(type)} does not hold ${code(pattern)}${meaning(type)}`),
  ];
}

function meaning(type: string): string {
  const summary = docOfFilter(type)?.summary;
  return summary === undefined ? ': This filter is not known, so it never holds.' : `: ${summary}`;
}
