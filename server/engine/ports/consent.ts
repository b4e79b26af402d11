/** What the user allowed. Kept in the user's storage, never in a workspace. */
export interface Consent {
  /** The editor's own workspace trust, or what was typed on the command line. */
  isTrusted(root: string): boolean;
  /** The approval of exactly this text of a rule; undefined when there is none. */
  approvalOf(root: string, ruleId: string, ruleHash: string): Promise<ApprovalDecision | undefined>;
  /** All that is kept for a folder, oldest first; for one rule there may be several, each for another text. */
  approvals(root: string): Promise<readonly KeptApproval[]>;
  /** Replaces what was said of this text before. */
  record(root: string, approvals: readonly NewApproval[]): Promise<void>;
  /** Forgets all that was said of these rules; they ask anew. */
  revoke(root: string, ruleIds: readonly string[] | 'all'): Promise<void>;
}

export type ApprovalDecision = 'allowed' | 'denied';

/** A person's word on exactly one text of a rule. */
export interface NewApproval {
  readonly ruleId: string;
  /** Digest of the text. */
  readonly ruleHash: string;
  readonly decision: ApprovalDecision;
  /** The text that was approved; undefined where it is not known any more. A very long one is not kept. */
  readonly text?: string;
  /** Digest of the rule's own file then, which tells whether a change came from it or from what it inherits. */
  readonly fileHash?: string;
}

export interface KeptApproval extends NewApproval {
  /** Milliseconds since the epoch. */
  readonly at: number;
}
