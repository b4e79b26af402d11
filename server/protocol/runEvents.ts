import type { Mutant, MutationScore } from './mutants.ts';
import type { ProposalAssessment } from './assessment.ts';
import type { CandidateReport } from './candidates.ts';
import type { Finding } from './text.ts';
import type { TestRunOutcome } from './tests.ts';

/** Schema version of the events below. A reader refuses a newer one and migrates an older one. */
export const runEventVersion = 1;

/** One step of a run, as the journal keeps it. */
export type RunEvent = RunStep & RunEventEnvelope;

export interface RunEventEnvelope {
  readonly v: typeof runEventVersion;
  readonly run: string;
  /** Counts from 0 within the run, without gaps. */
  readonly seq: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** What happened, without when and where. The discriminant is `type`. */
export type RunStep =
  | RunStarted
  | RunWaiting
  | { readonly type: 'scratch.ready'; readonly files: number; readonly ms: number }
  | PromptBuilt
  | ModelAsked
  | ModelAnswered
  | ModelFailed
  | { readonly type: 'edit.proposed'; readonly attempt: number; readonly files: readonly EditSummary[] }
  | EditRefused
  | GateChecked
  | CandidatesStarted
  | CandidatesJudged
  | ActionStarted
  | ActionFinished
  | TestStarted
  | TestFinished
  | MutantsTested
  | ({ readonly type: 'proposal.assessed' } & ProposalAssessment)
  | { readonly type: 'proposal.ready'; readonly files: readonly ProposedFile[]; readonly summary: string }
  | ProposalNarrowed
  | { readonly type: 'proposal.accepted'; readonly by: Decider; readonly paths: readonly string[] }
  | { readonly type: 'proposal.rejected'; readonly by: Decider; readonly reason: string }
  | UndoPlanned
  | { readonly type: 'edit.landed'; readonly paths: readonly string[] }
  | { readonly type: 'edit.notLanded'; readonly code: string; readonly message: string }
  | RunFinished;

export interface RunStarted {
  readonly type: 'run.started';
  readonly rule: string;
  readonly ruleId: string;
  /** Digest of the effective rule that the approval is bound to. */
  readonly ruleHash: string;
  readonly action: string;
  /** Relative to the workspace folder. */
  readonly file: string;
  /** Digest of the text that the run began with; empty when it concerns no single file. */
  readonly fileDigest: string;
  readonly cause: RunCause;
  readonly budget: RunBudget;
  readonly approval: ApprovalMode;
}

/** The run goes on when a person has answered. */
export interface RunWaiting {
  readonly type: 'run.waiting';
  readonly on: WaitReason;
  readonly message: string;
  /** What the person must have seen before answering, where that is not a proposal yet. */
  readonly files?: readonly ProposedFile[];
}

export interface RunCause {
  readonly event: string;
  readonly origin: 'user' | 'auto' | 'disk' | 'self';
  /** 0 for a firing that no other run caused. */
  readonly depth: number;
  /** The run whose landing caused this one; missing for a firing that no run caused. */
  readonly causedBy?: string;
  /** The run that was cut short and with which this one goes on. */
  readonly resumes?: string;
  /** The run whose changes this one takes back. */
  readonly undoes?: string;
  /** All files that it concerns, where these are several, such as those of a test run. */
  readonly files?: readonly string[];
  /** Why the rule fires on it; missing in older journals, and where a person named the rule. */
  readonly decision?: FiringReason;
}

export interface FiringReason {
  /** Goes on after "because", without a full stop. */
  readonly reason: string;
  /** What decided, in the rule's file or in that of a parent, zero-based; missing when nothing in them did. */
  readonly place?: { readonly path: string; readonly line: number; readonly character: number };
}

export interface RunBudget {
  /** USD of one run. */
  readonly usd: number;
  /** Input and output tokens of one run; binds where the price is unknown. */
  readonly tokens: number;
  readonly seconds: number;
  /** Answers asked for an edit: first try, gate refusal, red run. */
  readonly attempts: number;
}

export type ApprovalMode = 'auto' | 'ask' | 'preview';
export type Decider = 'person' | 'policy';
export type WaitReason = 'approval' | 'decision' | 'unconfined';

export interface PromptBuilt {
  readonly type: 'prompt.built';
  readonly attempt: number;
  /** Key of the recording that answers this prompt. */
  readonly digest: string;
  readonly parts: readonly { readonly kind: string; readonly name: string; readonly chars: number }[];
  /** Names of what the model's limit left out. */
  readonly leftOut: readonly string[];
  readonly estimatedTokens: number;
}

export interface ModelAsked {
  readonly type: 'model.asked';
  readonly attempt: number;
  /** Who it is asked as, such as `tester`; missing in older journals. */
  readonly role?: string;
  readonly provider: string;
  readonly model: string;
  /** Secrets of known forms that it is asked without; missing: there are none. */
  readonly masked?: readonly MaskedSecret[];
}

/** A secret for which a placeholder was sent; never its text. */
export interface MaskedSecret {
  /** Such as `AWS key id`. */
  readonly kind: string;
  /** For people: a file and its line, such as `src/a.js:12`, or what else held it. */
  readonly place: string;
}

/** Token counts of one answer; `estimated` when the endpoint gave none. `input` is what the cache neither gave nor took. */
export interface TokenUsage {
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
  readonly estimated: boolean;
}

export interface ModelAnswered {
  readonly type: 'model.answered';
  readonly attempt: number;
  readonly role?: string;
  readonly provider: string;
  readonly model: string;
  readonly text: string;
  readonly usage: TokenUsage;
  /** USD, or `unknown` when the model's price is not known; never a guess. */
  readonly cost: number | 'unknown';
  readonly firstTokenMs: number;
  readonly ms: number;
  /** Transport tries; 0 for an answer that was kept from an earlier call. */
  readonly tries: number;
  /** It was kept, and nobody was asked. */
  readonly cached?: true;
}

export interface ModelFailed {
  readonly type: 'model.failed';
  readonly attempt: number;
  readonly role?: string;
  /** Missing in older journals. */
  readonly provider?: string;
  readonly model?: string;
  /** Stable, such as `model.rate-limited`. */
  readonly code: string;
  readonly message: string;
  readonly usage?: TokenUsage;
  readonly cost?: number | 'unknown';
}

export interface EditSummary {
  readonly path: string;
  readonly change: 'create' | 'modify' | 'delete';
  /** How sure the place is: `exact`, or the level of tolerance that found it. */
  readonly trust: string;
  readonly added: number;
  readonly removed: number;
}

export interface EditRefused {
  readonly type: 'edit.refused';
  readonly attempt: number;
  /** The gate or stage that refused: `format`, `locate`, `paths`, `size`, `syntax`, `secrets`, `tests`, … */
  readonly gate: string;
  readonly path: string;
  readonly reason: string;
}

export interface GateChecked {
  readonly type: 'gate.checked';
  readonly attempt: number;
  readonly gate: string;
  readonly path: string;
  readonly outcome: 'passed' | 'notChecked';
  readonly note: string;
}

/** The new tests of an answer are judged one by one. */
export interface CandidatesStarted {
  readonly type: 'candidates.started';
  readonly attempt: number;
  /** Test file. */
  readonly path: string;
  readonly candidates: number;
}

/** What became of them; only the kept ones are in what is tested and proposed next. */
export interface CandidatesJudged {
  readonly type: 'candidates.judged';
  readonly attempt: number;
  readonly report: CandidateReport;
}

/** An action of a chain begins; one that never ended was cut short with its process. */
export interface ActionStarted {
  readonly type: 'action.started';
  /** Its `id`, or its place among the rule's actions, such as `#2`. */
  readonly action: string;
  readonly kind: string;
  /** 1, and one more for each `retry`. */
  readonly attempt: number;
  /** For people: the command as it would be typed; empty where there is none. */
  readonly command: string;
  /** `copy`: an action before it has edited, so it works in the copy of the workspace. */
  readonly place: ActionPlace;
  readonly confined: boolean;
  /** After a crash in the middle it may be done once more without being asked for. */
  readonly idempotent: boolean;
}

export type ActionPlace = 'workspace' | 'copy';

/** `skipped`: what it waits for did not end as its `when` wants. */
export type ActionResultKind = 'succeeded' | 'failed' | 'refused' | 'cancelled' | 'skipped';

export interface ActionFinished {
  readonly type: 'action.finished';
  readonly action: string;
  readonly kind: string;
  readonly attempt: number;
  readonly result: ActionResultKind;
  /** Stable, such as `action.failed` or `action.timed-out`; `ok` when it succeeded. */
  readonly code: string;
  readonly message: string;
  readonly ms: number;
  /** Where it worked; missing when it did not begin. */
  readonly place?: ActionPlace;
  /** What it printed: beginning and end, secrets masked. */
  readonly output?: string;
  /** What its problem matchers read in the output; missing when it has none. */
  readonly findings?: readonly Finding[];
  /** Files that it changed, relative to the folder. */
  readonly changed?: readonly string[];
  /** Those of `changed` in the user's tree whose texts are kept, so that the run can be undone. */
  readonly written?: readonly ProposedFile[];
}

/** `baseline`: before the edit; `proof`: with it, in the scratch tree; `inPlace`: after landing; `user`: asked for by a person. */
export type TestPhase = 'baseline' | 'proof' | 'inPlace' | 'user';

export interface TestStarted {
  readonly type: 'test.started';
  readonly phase: TestPhase;
  readonly attempt: number;
  readonly runner: string;
  /** For people: the command as it would be typed, without machine paths. */
  readonly command: string;
  readonly confined: boolean;
}

export interface TestFinished {
  readonly type: 'test.finished';
  readonly phase: TestPhase;
  readonly attempt: number;
  readonly runner: string;
  readonly outcome: TestRunOutcome;
}

/** Which small wrong changes of a file its tests let live. */
export interface MutantsTested {
  readonly type: 'mutants.tested';
  readonly path: string;
  readonly score: MutationScore;
  readonly survivors: readonly Mutant[];
  /** Where the survivors stand in the text that was changed; undefined in journals of older versions. */
  readonly findings?: readonly Finding[];
}

export interface ProposedFile {
  readonly path: string;
  /** undefined when the file is new. */
  readonly before?: string;
  /** undefined when the file is deleted. */
  readonly after?: string;
}

/** A person took parts out of a proposal; what is left is proven anew before it is accepted. */
export interface ProposalNarrowed {
  readonly type: 'proposal.narrowed';
  readonly by: Decider;
  /** What is left, by file. */
  readonly parts: readonly ChosenPart[];
}

export interface ChosenPart {
  readonly path: string;
  /** How many hunks the proposal has there. */
  readonly of: number;
  /** Those that are left, by their index. */
  readonly hunks: readonly number[];
}

/** What an earlier run changed is about to be taken back. */
export interface UndoPlanned {
  readonly type: 'undo.planned';
  /** From what stands there now to what was there before. */
  readonly files: readonly ProposedFile[];
  /** Files of that run that stay as they are. */
  readonly left: readonly LeftFile[];
}

export interface LeftFile {
  readonly path: string;
  /** `changed`: somebody changed it since. `notKept`: a command changed it, and its earlier content was not kept. */
  readonly why: 'changed' | 'notKept';
}

export type RunOutcome =
  /** Landed, and green in place. */
  | 'landed'
  /** Proven; nothing is written because nobody may accept here (headless `preview`). */
  | 'proposed'
  | 'rejected'
  /** Nothing was to be done. */
  | 'unchanged'
  /** Policy said no: trust, approval, budget, gate, sandbox. */
  | 'refused'
  /** Tried and not proven: still red, model failed, fault. */
  | 'failed'
  | 'cancelled'
  /** The process died in the middle. */
  | 'interrupted';

export interface RunFinished {
  readonly type: 'run.finished';
  readonly outcome: RunOutcome;
  /** Stable, such as `trust.missing`, `budget.attempts`, `model.unreachable`; `ok` when all went well. */
  readonly code: string;
  readonly message: string;
}
