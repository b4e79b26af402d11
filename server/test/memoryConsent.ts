import type { Consent, KeptApproval } from '../engine/ports/consent.ts';

/** What a person allowed, in memory; each answer is one millisecond after the one before. */
export function createMemoryConsent(
  given: Partial<Consent> & { readonly kept?: readonly KeptApproval[] } = {},
): Consent {
  let kept = given.kept ?? [];
  return {
    isTrusted: () => true,
    approvalOf: async (_root, ruleId, ruleHash) =>
      kept.findLast((each) => each.ruleId === ruleId && each.ruleHash === ruleHash)?.decision,
    approvals: async () => kept,
    record: async (_root, approvals) => {
      kept = [...kept, ...approvals.map((each, index) => ({ ...each, at: kept.length + index + 1 }))];
    },
    revoke: async (_root, ids) => {
      kept = ids === 'all' ? [] : kept.filter(({ ruleId }) => !ids.includes(ruleId));
    },
    ...given,
  };
}
