/** What a command line asks for, before anything was looked up. */
export type Invocation =
  | { readonly kind: 'help'; readonly topic: HelpTopic }
  | { readonly kind: 'version' }
  | WorkInvocation;

/** An invocation that needs a workspace folder and its engine. */
export type WorkInvocation =
  | RunInvocation
  | CheckInvocation
  | TestInvocation
  | (Common & { readonly kind: 'rules' })
  | (Common & { readonly kind: 'ruleShow'; readonly rule: string })
  | (Common & { readonly kind: 'models' })
  | (Common & { readonly kind: 'log'; readonly run: string | undefined });

export type HelpTopic =
  | 'program'
  | 'run'
  | 'check'
  | 'test'
  | 'ctl'
  | 'ctl rules'
  | 'ctl rule'
  | 'ctl models'
  | 'ctl log';

interface Common {
  readonly json: boolean;
  /** As typed; undefined: it is looked for. */
  readonly root: string | undefined;
}

export interface RunInvocation extends Common {
  readonly kind: 'run';
  /** Name or id. */
  readonly rule: string;
  readonly file: string;
  readonly trust: boolean;
  readonly apply: boolean;
  readonly model: { readonly provider: string; readonly model: string } | undefined;
  readonly baseUrl: string | undefined;
  readonly replay: { readonly mode: 'replay' | 'record'; readonly folder: string } | undefined;
  readonly budgetUsd: number | undefined;
}

export interface CheckInvocation extends Common {
  readonly kind: 'check';
  /** As typed; empty: the whole folder. */
  readonly files: readonly string[];
  readonly maxWarnings: number | undefined;
}

export interface TestInvocation extends Common {
  readonly kind: 'test';
  /** As typed; empty: all tests. */
  readonly files: readonly string[];
  readonly trust: boolean;
  readonly coverage: boolean;
}

/** Something is wrong with how the program was called. */
export interface UsageError {
  readonly kind: 'usageError';
  readonly message: string;
  /** Whose help tells more. */
  readonly topic: HelpTopic;
}

export function usageError(topic: HelpTopic, message: string): UsageError {
  return { kind: 'usageError', topic, message };
}
