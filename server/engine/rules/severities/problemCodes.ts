import type { Severity } from '../../../protocol/text.ts';

/**
 * Every code that a problem of a rule file can have, with the severity that it has unless its own check says another.
 * Each has a section in docs/rules/problems.md and a folder in test-fixtures/rules/problems.
 */
export const problemCodes: ReadonlyMap<string, Severity> = new Map<string, Severity>([
  ['rule.unclosed-frontmatter', 'error'],
  ['rule.foreign-frontmatter', 'error'],
  ['rule.late-frontmatter', 'warning'],
  ['rule.second-frontmatter', 'warning'],
  ['rule.unknown-key', 'warning'],
  ['rule.unknown-event', 'error'],
  ['rule.unknown-filter', 'warning'],
  ['rule.unknown-action', 'warning'],
  ['rule.wrong-type', 'error'],
  ['rule.bad-yaml', 'error'],
  ['rule.bad-glob', 'error'],
  ['rule.bare-glob', 'hint'],
  ['rule.glob-repeats-folder', 'hint'],
  ['rule.too-large', 'error'],
  ['rule.unreadable', 'error'],
  ['rule.duplicate-key', 'error'],
  ['rule.always-and-globs', 'warning'],
  ['rule.bad-pattern', 'error'],
  ['rule.bad-version', 'warning'],
  ['rule.path-pattern', 'hint'],
  ['rule.hidden-characters', 'error'],
  ['rule.command-on-change', 'error'],
  ['rule.unclosed-block', 'error'],
  ['rule.not-supported-yet', 'information'],
  ['rule.unknown-suppression', 'hint'],
  ['rule.unused-suppression', 'hint'],
]);
