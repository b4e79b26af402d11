import type { Consent } from '../engine/ports/consent.ts';

/**
 * What the person allows by typing `--trust`: the folder, and the rules as they stand now, for this one invocation. Nothing
 * of it is kept, and a rule that was denied stays denied.
 */
export function createInvocationConsent(kept: Consent, trusted: boolean): Consent {
  return {
    isTrusted: () => trusted,
    approvalOf: async (root, ruleId, ruleHash) => {
      const decision = await kept.approvalOf(root, ruleId, ruleHash);
      return decision ?? (trusted ? 'allowed' : undefined);
    },
    wasAllowedBefore: (root, ruleId) => kept.wasAllowedBefore(root, ruleId),
    record: (root, ruleId, ruleHash, decision) => kept.record(root, ruleId, ruleHash, decision),
  };
}
