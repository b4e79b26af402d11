import type { Digest } from '../ports/digest.ts';
import { approvedText } from './approval/approvedText.ts';
import type { Rule } from './rule.ts';

/** Identifies what a person approves: the digest of exactly the text that the person is shown. */
export function ruleHash(rule: Rule, digest: Digest): string {
  return digest(approvedText(rule));
}
