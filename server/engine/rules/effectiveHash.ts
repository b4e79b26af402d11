import type { Digest } from '../ports/digest.ts';
import { approvedText } from './approval/approvedText.ts';
import type { Rule } from './rule.ts';

/** Identifies what a person approves: the digest of exactly the text that the person is shown. */
export function ruleHash(rule: Rule, digest: Digest): string {
  const known = knownByDigest.get(digest) ?? new WeakMap<Rule, string>();
  knownByDigest.set(digest, known);
  const hash = known.get(rule) ?? digest(approvedText(rule));
  known.set(rule, hash);
  return hash;
}

// Rules are immutable, and every run and every look at the approvals asks.
const knownByDigest = new WeakMap<Digest, WeakMap<Rule, string>>();
