import type { Digest } from '../ports/digest.ts';
import type { Rule } from './rule.ts';

/**
 * Identifies what a person approves: all that an effective rule says, with parents, includes and blocks in it. Where it
 * lies, in which order it comes, and how its file is laid out do not count.
 */
export function ruleHash(rule: Rule, digest: Digest): string {
  const { form, description, version, globs, alwaysApply, on, origin, debounceMs, skipTrivial } = rule;
  const { filters, actions, model, budget, approval, metadata, body } = rule;
  // A name that was not written is that of the file.
  const name = rule.written.has('name') ? rule.name : undefined;
  const said = [
    ...[form, name, description, version, globs, alwaysApply, on, origin, debounceMs, skipTrivial],
    ...[filters, actions, model, budget, approval, body],
  ];
  return digest(`${JSON.stringify(said, withoutPlaces)}\n${JSON.stringify(metadata)}`);
}

/** Places move with every line above them. */
function withoutPlaces(key: string, value: unknown): unknown {
  return key === 'span' || key === 'fields' ? undefined : value;
}
