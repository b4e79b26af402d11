import type { Filter, Rule, RuleProblem } from '../rule.ts';
import { parseEventPattern } from '../vocabulary/events.ts';
import { extensionsOfGlobs, matchesNoExtension } from './knownExtensions.ts';
import type { RuleCheck } from './ruleCheck.ts';

/** `rule.never-holds`: filters that exclude each other, so that the rule never fires, and conditions that never match. */
export const neverHolds: RuleCheck = ({ rule }) => {
  if (rule.filters.length === 0 && rule.actions.length === 0) return [];
  return [
    ...findNegatedTwins(rule.filters),
    ...findMissingTwins(rule.filters),
    ...findOtherExtensions(rule),
    ...findOtherEvents(rule),
    ...findDeletedContent(rule),
    ...findExcusedMatches(rule),
    ...findOtherFiles(rule),
  ];
};

function report(span: Filter['span'], message: string): RuleProblem {
  return { code: 'rule.never-holds', severity: 'warning', message, span };
}

/** Every alternative of a type stands there negated too. */
function findNegatedTwins(filters: readonly Filter[]): readonly RuleProblem[] {
  const key = ({ type, pattern, flags }: Filter): string => `${type}\n${flags}\n${pattern}`;
  return filters
    .filter(({ negate }) => negate)
    .flatMap((negated) => {
      const alternatives = filters.filter(({ type, negate }) => type === negated.type && !negate);
      const isContrary = alternatives.length > 0 && alternatives.every((each) => key(each) === key(negated));
      const message = `Another \`${negated.type}\` filter asks for what this one excludes: the rule never fires.`;
      return isContrary ? [report(negated.span, message)] : [];
    });
}

function findMissingTwins(filters: readonly Filter[]): readonly RuleProblem[] {
  const [exists, ...moreExists] = filters.filter(({ type }) => type === 'exists');
  const [missing, ...moreMissing] = filters.filter(({ type }) => type === 'missing');
  if (exists === undefined || missing === undefined || moreExists.length + moreMissing.length > 0) return [];
  if (exists.negate !== missing.negate || exists.pattern !== missing.pattern) return [];
  return [report(missing.span, 'The same file has to exist and to be missing: the rule never fires.')];
}

/** Its globs name files with other extensions only. */
function findOtherExtensions(rule: Rule): readonly RuleProblem[] {
  const filters = rule.filters.filter(({ type, negate }) => type === 'file_extension' && !negate);
  if (filters.length === 0) return [];
  const extensions = extensionsOfGlobs(rule.globs);
  if (extensions === undefined) return [];
  if (!filters.every(({ pattern, flags }) => matchesNoExtension(pattern, flags, extensions))) return [];
  const named = extensions.map((extension) => `.${extension}`).join(', ');
  const message = `The globs of this rule name only files that end in ${named}, and this filter matches none of them: the rule never fires.`;
  return filters.slice(0, 1).map(({ span }) => report(span, message));
}

/** `on` and the `event` filters have no event in common. */
function findOtherEvents(rule: Rule): readonly RuleProblem[] {
  if (rule.form === 'block' || rule.on.length === 0) return [];
  const filters = rule.filters.filter(({ type, negate }) => type === 'event' && !negate);
  const events = filters.flatMap(({ pattern }) => parseEventPattern(pattern).events);
  if (events.length === 0 || rule.on.some(({ value }) => events.includes(value))) return [];
  const on = rule.on.map(({ value }) => `\`${value}\``).join(', ');
  const message = `\`on\` names ${on}, and this filter other events only: the rule never fires.`;
  return filters.slice(0, 1).map(({ span }) => report(span, message));
}

/** A file that was deleted has no text. */
function findDeletedContent(rule: Rule): readonly RuleProblem[] {
  if (rule.on.length === 0 || !rule.on.every(({ value }) => value === 'delete')) return [];
  return rule.filters
    .filter(({ type, negate }) => (type === 'content' || type === 'changed_content') && !negate)
    .slice(0, 1)
    .map(({ span }) =>
      report(span, 'A deleted file has no text: with `on: delete` alone the rule never fires.'),
    );
}

/** What has to be found has to be missing in the same lines. */
function findExcusedMatches(rule: Rule): readonly RuleProblem[] {
  return rule.actions
    .flatMap(({ conditions }) => conditions)
    .filter(({ pattern, negativePattern }) => pattern !== undefined && pattern === negativePattern)
    .map(({ span }) =>
      report(span, '`pattern` and `negative_pattern` are the same: this condition never matches.'),
    );
}

/** A condition about files that the globs leave out. */
function findOtherFiles(rule: Rule): readonly RuleProblem[] {
  const limited = rule.actions
    .flatMap(({ conditions }) => conditions)
    .filter(({ pathPatterns }) => pathPatterns.length > 0);
  const extensions = limited.length === 0 ? undefined : extensionsOfGlobs(rule.globs);
  if (extensions === undefined) return [];
  return limited
    .filter(({ pathPatterns }) => pathPatterns.some((each) => matchesNoExtension(each, '', extensions)))
    .map(({ span, fields }) => {
      const message = 'No file that the globs of this rule name has such a path: this condition never holds.';
      return report(fields.get('file_pattern') ?? fields.get('location') ?? span, message);
    });
}
