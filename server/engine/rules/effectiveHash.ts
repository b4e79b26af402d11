import type { Digest } from '../ports/digest.ts';
import type { Rule } from './rule.ts';

/**
 * Identifies the text that a person approves: the file as it was written, for a block its frontmatter and itself.
 * Where the rule lies and what stands beside it do not count.
 */
export function ruleHash(rule: Rule, digest: Digest): string {
  return digest(rule.source);
}
