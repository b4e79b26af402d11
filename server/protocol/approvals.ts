/** A rule that may act, with a person's word on it. Folded in the server; the extension keeps no truth of its own. */
export interface ApprovalView {
  /** The workspace folder's absolute path. */
  readonly folder: string;
  readonly ruleId: string;
  readonly name: string;
  /** Identifies the text that it has now; empty when the rule is gone. */
  readonly ruleHash: string;
  /**
   * `allowed`: it acts; `denied`: it does not; `asks`: its text was not approved, so it asks before it acts; `gone`: there is
   * no such rule any more, or it does not act by itself now.
   */
  readonly state: 'allowed' | 'denied' | 'asks' | 'gone';
  /** When a text of it was approved last, in milliseconds since the epoch; undefined: never. */
  readonly approvedAt?: number;
  /** It was approved with another text: what it inherits changed, or its own file did. */
  readonly changed?: 'inherited' | 'itself';
  /** What it may do once it is approved; each goes on after "it may", without a full stop. */
  readonly may: readonly string[];
  /** A run that waits for the answer. */
  readonly run?: string;
}

/** A rule as it was approved last, and as it is now. */
export interface ApprovalTexts {
  readonly name: string;
  /** undefined: it was never approved, or its text was too long to be kept. */
  readonly approved?: string;
  /** undefined: it is gone. */
  readonly now?: string;
}

/** A text of a rule, as the person saw it. */
export interface RuleText {
  readonly ruleId: string;
  readonly ruleHash: string;
}
