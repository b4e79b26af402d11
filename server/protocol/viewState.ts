import type { ProposalAssessment } from './assessment.ts';
import type { CandidateReport } from './candidates.ts';
import type {
  ActionResultKind,
  ApprovalMode,
  ProposedFile,
  RunCause,
  RunOutcome,
  TestPhase,
  TokenUsage,
  WaitReason,
} from './runEvents.ts';
import type { CoverageStamp } from './testDisplay.ts';
import type { TestCase, TestCounts } from './tests.ts';
import type { Finding } from './text.ts';

/** Everything that the extension shows. Folded in the server; the extension keeps no truth of its own. */
export interface ViewState {
  readonly status: StatusView;
  /** Newest first, bounded. */
  readonly runs: readonly RunView[];
  /** Last known result of each test, by workspace folder. */
  readonly tests: readonly TestFileView[];
  /** Of which run the coverage of a folder is, one per folder that has some; missing means none. */
  readonly coverage?: readonly CoverageStamp[];
}

export interface StatusView {
  readonly state:
    | 'noRules'
    | 'idle'
    | 'busy'
    | 'waiting'
    | 'red'
    | 'off'
    | 'noModel'
    | 'restricted'
    | 'error';
  /** One sentence for the tooltip: what is going on and what can be done. */
  readonly message: string;
  readonly rules: number;
  readonly running: number;
  readonly waiting: number;
  readonly spentToday: { readonly usd: number; readonly tokens: number; readonly unknownPrice: boolean };
  /** USD that a day may cost, by the person's settings; missing before they are known. */
  readonly usdPerDay?: number;
  /** `provider/model` that would be asked now; undefined when no provider is chosen. */
  readonly model?: string;
}

export type RunPhase =
  | 'starting'
  | 'waiting'
  | 'prompting'
  | 'asking'
  | 'running'
  | 'checking'
  | 'testing'
  | 'deciding'
  | 'landing'
  | 'finished';

/** One run, folded from its journal. */
export interface RunView {
  readonly run: string;
  readonly folder: string;
  readonly rule: string;
  readonly ruleId: string;
  readonly ruleHash: string;
  readonly action: string;
  readonly file: string;
  /** What made it happen, and why the rule fired on it. */
  readonly cause: RunCause;
  readonly phase: RunPhase;
  readonly waitingOn?: WaitReason;
  readonly startedAt: number;
  readonly endedAt?: number;
  readonly attempt: number;
  readonly attempts: number;
  readonly approval: ApprovalMode;
  readonly usage: TokenUsage;
  readonly cost: number;
  /** True if a part of the cost is unknown. */
  readonly unknownPrice: boolean;
  readonly model?: string;
  /** The actions of a chain that began or were skipped, in that order; empty for a run of one action of a model. */
  readonly actions: readonly ActionView[];
  readonly testsBefore?: TestCounts;
  readonly testsAfter?: TestCounts;
  /** What became of the tests that the model wrote last; missing where it wrote none. */
  readonly candidates?: CandidateReport;
  /** What was found in the proposal beside its tests; missing: nothing. */
  readonly assessment?: ProposalAssessment;
  /** In `viewStateChanged` a text that there is is empty: `readProposal` has it. */
  readonly files: readonly ProposedFile[];
  /** It changed the user's files, by an edit or by a command, so it can be undone. */
  readonly landed?: true;
  readonly outcome?: RunOutcome;
  readonly code?: string;
  readonly message: string;
  readonly timeline: readonly TimelineEntry[];
}

/** One action of a chain. */
export interface ActionView {
  /** Its `id`, or its place among the rule's actions, such as `#2`. */
  readonly action: string;
  readonly kind: string;
  /** As it would be typed; empty where there is no command. */
  readonly command: string;
  readonly attempt: number;
  /** undefined: it is under way, or was cut short. */
  readonly result?: ActionResultKind;
  readonly message: string;
  /** What its problem matchers read in its output. */
  readonly findings: readonly Finding[];
}

export interface TimelineEntry {
  readonly at: number;
  readonly label: string;
  readonly detail: string;
  readonly tone: 'neutral' | 'good' | 'bad' | 'waiting';
}

export interface TestFileView {
  readonly folder: string;
  readonly path: string;
  readonly runner: string;
  readonly phase: TestPhase;
  /** Run that produced these results. */
  readonly run: string;
  readonly at: number;
  readonly tests: readonly TestCase[];
  /** Ids of the tests that this run ran; missing: all of them. */
  readonly ran?: readonly string[];
}
