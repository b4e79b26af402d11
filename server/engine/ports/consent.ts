/** What the user allowed. Kept in the user's storage, never in a workspace. */
export interface Consent {
  /** The editor's own workspace trust, or `--trust` on the command line. */
  isTrusted(root: string): boolean;
  /** The approval of exactly this text of a rule; undefined when there is none. */
  approvalOf(root: string, ruleId: string, ruleHash: string): Promise<'allowed' | 'denied' | undefined>;
  /** True if another text of this rule was allowed before: the message then says that it changed. */
  wasAllowedBefore(root: string, ruleId: string): Promise<boolean>;
  record(root: string, ruleId: string, ruleHash: string, decision: 'allowed' | 'denied'): Promise<void>;
}

/** Money and tokens spent, over all windows and command lines of this user. */
export interface Spending {
  /** Of the calendar day (UTC) that holds `at`. */
  today(
    at: number,
  ): Promise<{ readonly usd: number; readonly tokens: number; readonly unknownPrice: boolean }>;
  /** Reserves before a call starts; false if the day's limit would be passed. Atomic across processes. */
  reserve(reservation: {
    readonly call: string;
    readonly at: number;
    readonly usd: number;
    readonly limitUsd: number;
  }): Promise<boolean>;
  /** Replaces the reservation by what was really spent. */
  settle(
    call: string,
    spent: { readonly at: number; readonly usd: number | 'unknown'; readonly tokens: number },
  ): Promise<void>;
}
