import type { Digest } from '../engine/ports/digest.ts';
import type { Consent } from '../engine/ports/consent.ts';
import type { ApprovedRule } from '../engine/rules/approval/approvalsFile.ts';

/** What a command line allows. */
export interface InvocationRights {
  /** The person typed `--trust`: the folder, and the rules as they stand now. */
  readonly trusted: boolean;
  /** What the file says that the person named with `--approvals`; undefined: none was named. */
  readonly approved: readonly ApprovedRule[] | undefined;
  /** What acts are rules alone, so that where a person approved one of them by hand the folder needs no word more. */
  readonly byRules: boolean;
}

/**
 * The rights of one invocation beside what is kept; nothing of them is kept, and a rule that was denied stays denied. With an
 * approvals file it alone counts, so that a machine decides as every other.
 */
export function createInvocationConsent(
  kept: Consent,
  { trusted, approved, byRules }: InvocationRights,
  digest: Digest,
): Consent {
  const hashes = new Map(approved?.map(({ ruleId, text }) => [ruleId, digest(text)]));
  return {
    ...kept,
    isTrusted: (root) => trusted || approved !== undefined || (byRules && kept.isTrusted(root)),
    approvalOf: async (root, ruleId, ruleHash) => {
      const decision = await kept.approvalOf(root, ruleId, ruleHash);
      if (decision === 'denied') return decision;
      if (approved !== undefined) return hashes.get(ruleId) === ruleHash ? 'allowed' : undefined;
      return decision ?? (trusted ? 'allowed' : undefined);
    },
    approvals: async (root) =>
      approved?.map(({ ruleId, text }) => ({
        ...{ ruleId, text, ruleHash: digest(text), at: 0 },
        decision: 'allowed',
      })) ?? kept.approvals(root),
  };
}
