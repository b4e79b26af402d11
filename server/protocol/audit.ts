/** Who asks for a right. */
export type AuditActor =
  | { readonly kind: 'person' }
  /** `hash`: digest of the text that a person approves. */
  | { readonly kind: 'rule'; readonly id: string; readonly name: string; readonly hash: string }
  /** What a model wrote for a rule, by the rule's name. */
  | { readonly kind: 'model'; readonly rule: string }
  /** This program by itself: it saw something, or keeps its own log. */
  | { readonly kind: 'program' };

/** Whose code runs: what the user has, or what a model wrote and no person has accepted. */
export type CodeOrigin = 'user' | 'model';

/** What is asked for. No value of a key, no prompt and no answer is in it; texts are redacted. */
export type AuditRight =
  /** A rule acts at all. */
  | { readonly kind: 'act'; readonly actions: readonly string[]; readonly file: string }
  | {
      readonly kind: 'command';
      /** Digest of the whole argument list, as JSON. */
      readonly argv: string;
      readonly display: string;
      readonly code: CodeOrigin;
      readonly sandbox: boolean;
    }
  | {
      readonly kind: 'tests';
      readonly runner: string;
      /** Test files; empty: all of them. */
      readonly paths: readonly string[];
      readonly code: CodeOrigin;
      readonly sandbox: boolean;
    }
  | {
      readonly kind: 'model';
      /** Its key is the secret that is read, by this name. */
      readonly provider: string;
      readonly model: string;
      readonly role: string;
      /** Of its address; empty: it has one place only, or none. */
      readonly host: string;
      /** What the call may cost at most, in US dollars. */
      readonly usd: number | 'unknown';
      readonly tokens: number;
    }
  /** Into the scratch copy, where a gate refused it. */
  | { readonly kind: 'write'; readonly paths: readonly string[] }
  /** Into the user's tree. */
  | { readonly kind: 'land'; readonly paths: readonly string[]; readonly undoes?: string }
  /** Parts of a proposal that were not proven without the others. */
  | { readonly kind: 'unproven'; readonly paths: readonly string[] }
  | { readonly kind: 'unconfined'; readonly paths: readonly string[] }
  /** Out of the sandbox; one domain, or all below it, as a setting has it. */
  | { readonly kind: 'network'; readonly domain: string; readonly code: CodeOrigin }
  /** `hash`: digest of the text that a person answered for. */
  | { readonly kind: 'approve'; readonly rule: string; readonly hash: string }
  /** `all`: of every rule of the folder. */
  | { readonly kind: 'revoke'; readonly rules: readonly string[] | 'all' }
  | { readonly kind: 'trust' }
  /**
   * No right: a policy is another than when it was last looked at, whoever changed it. `sum`: digest of its text; missing where
   * there is none. `changes`: which of its keys, and whether each takes more away now.
   */
  | {
      readonly kind: 'policy';
      readonly file: string;
      readonly change: 'added' | 'changed' | 'removed' | 'broken';
      readonly sum?: string;
      readonly changes: readonly string[];
    }
  /** No right: entries of this log, first and last, are gone since the log is bounded. `sum`: of the last line that is gone. */
  | {
      readonly kind: 'forget';
      readonly entries: readonly [first: number, last: number];
      readonly sum: string;
    };

/** `noted`: nobody asked for anything. */
export type AuditDecision = 'allowed' | 'denied' | 'asked' | 'noted';

/** What decided. `detail`: a few words more, such as the setting. */
export interface AuditBasis {
  readonly kind:
    | 'person'
    | 'approval'
    | 'setting'
    | 'trust'
    | 'budget'
    | 'sandbox'
    | 'gate'
    | 'policy'
    | 'program';
  readonly detail?: string;
}

/** One decision about a right. */
export interface NewAuditEntry {
  /** undefined: it belongs to no run. */
  readonly run?: string;
  readonly who: AuditActor;
  readonly right: AuditRight;
  readonly decision: AuditDecision;
  readonly by: AuditBasis;
}

/** As it is kept. */
export interface AuditEntry extends NewAuditEntry {
  readonly v: typeof auditVersion;
  /** Counts from 0 in a folder's log, over all processes. */
  readonly seq: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Name of the account that the process ran under. */
  readonly user: string;
}

export const auditVersion = 1;
