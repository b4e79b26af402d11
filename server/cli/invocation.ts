import type { AuditSelection } from '../engine/audit/selectEntries.ts';
import type { LogLevel } from '../protocol/logLevels.ts';
import type { UsageGrouping } from '../protocol/usageReport.ts';
import type { DialectId } from '../engine/rules/dialects/dialect.ts';
import type { CoverageDemand } from '../engine/testing/coverage/judgeCoverage.ts';
import type { EventName, Origin } from '../engine/rules/rule.ts';
import type { RuleTemplateId } from '../engine/rules/templates/ruleTemplates.ts';
import type { FindingFormat } from './render/renderReport.ts';

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
  | MutateInvocation
  | WatchInvocation
  | HooksInvocation
  | ApprovalsInvocation
  | ExplainInvocation
  | UndoInvocation
  | (Common & { readonly kind: 'sandbox' })
  | (Common & { readonly kind: 'doctor' })
  /** `out`: the file, as typed; undefined: standard output. */
  | (Common & { readonly kind: 'report'; readonly out: string | undefined })
  | RulesInvocation
  | RuleShowInvocation
  | RuleCreateInvocation
  | RuleRenameInvocation
  | RuleTestInvocation
  | ValidateRulesInvocation
  | MigrateInvocation
  | ImportInvocation
  | ExportInvocation
  | (Common & { readonly kind: 'models' })
  | (Common & {
      readonly kind: 'usage';
      readonly by: UsageGrouping;
      /** How long answers take, instead. */
      readonly latency: boolean;
    })
  /** `tries`: every candidate is asked a tiny question. */
  | (Common & { readonly kind: 'modelsCheck'; readonly tries: boolean })
  | CassetteInvocation
  | AuditInvocation
  | (Common & { readonly kind: 'log'; readonly run: string | undefined });

export type HelpTopic =
  | 'program'
  | 'run'
  | 'check'
  | 'watch'
  | 'hooks'
  | 'approvals'
  | 'test'
  | 'mutate'
  | 'explain'
  | 'undo'
  | 'sandbox'
  | 'doctor'
  | 'report'
  | 'ctl'
  | 'ctl validate-rules'
  | 'ctl rules'
  | 'ctl rule'
  | 'ctl migrate'
  | 'ctl import'
  | 'ctl export'
  | 'ctl models'
  | 'ctl usage'
  | 'ctl cassette'
  | 'ctl audit'
  | 'ctl log';

interface Common {
  readonly json: boolean;
  /** As typed; undefined: it is looked for. */
  readonly root: string | undefined;
  /** undefined: as the environment has it. */
  readonly logLevel?: LogLevel;
}

export interface CassetteInvocation extends Common {
  readonly kind: 'cassette';
  readonly task: 'list' | 'verify' | 'redact';
  /** As typed; undefined: the one of the settings, or of the workspace. */
  readonly folder: string | undefined;
  /** `redact` writes; otherwise it says what it would do. */
  readonly write: boolean;
}

export interface AuditInvocation extends Common {
  readonly kind: 'audit';
  readonly task: 'verify' | 'show' | 'export';
  readonly selection: AuditSelection;
  /** Of `export`. */
  readonly format: 'json' | 'csv';
}

export interface RunInvocation extends Common {
  readonly kind: 'run';
  /** Name or id. */
  readonly rule: string;
  readonly file: string;
  readonly trust: boolean;
  /** The approvals file, as typed; undefined: none. */
  readonly approvals: string | undefined;
  readonly apply: boolean;
  /** Land what is proven once the person has said yes on the terminal. */
  readonly ask: boolean;
  /** Land these parts of what is proven, and nobody is asked; empty: none were named. */
  readonly accept: readonly AcceptedPart[];
  readonly model: { readonly provider: string; readonly model: string } | undefined;
  readonly baseUrl: string | undefined;
  readonly replay: { readonly mode: 'replay' | 'record'; readonly folder: string } | undefined;
  readonly budgetUsd: number | undefined;
  /** Of what goes to standard output: the proposal, the run, or what was found in what it would change. */
  readonly format: FindingFormat;
}

/** A file of a proposal, or one of its hunks, that was named before there was a proposal. */
export interface AcceptedPart {
  /** As the proposal names it: from the workspace folder, with `/`. */
  readonly path: string;
  /** From 1, as `--ask` counts them; undefined: all of the file. */
  readonly hunk: number | undefined;
}

export interface CheckInvocation extends Common {
  readonly kind: 'check';
  /** As typed; empty: the whole folder. */
  readonly files: readonly string[];
  /** Only what changed: what is staged, or what is otherwise than in a revision, as typed. */
  readonly changes:
    | { readonly kind: 'staged' }
    | { readonly kind: 'since'; readonly ref: string }
    | undefined;
  readonly fix: boolean;
  /** Findings in files that did not change may be those of an earlier check. */
  readonly cache: boolean;
  readonly format: FindingFormat;
  readonly maxWarnings: number | undefined;
}

export interface TestInvocation extends Common {
  readonly kind: 'test';
  /** As typed; empty: all tests. */
  readonly files: readonly string[];
  readonly trust: boolean;
  readonly coverage: boolean;
  /** How often red tests run again; undefined: as the settings say. */
  readonly retries: number | undefined;
  /** Id of the runner; undefined: the one that the package speaks for. */
  readonly runner: string | undefined;
  readonly seed: number | undefined;
  /** What coverage has to be; undefined: nothing. */
  readonly demand: CoverageDemand | undefined;
  /** Coverage reports that count too, as typed. */
  readonly reports: readonly string[];
  /** This run becomes what the team's coverage may not fall below. */
  readonly savesBest: boolean;
  /** Only tests that changes can affect: those of the files, or of what changed since a revision, as typed; undefined: all. */
  readonly affected: { readonly since: string | undefined; readonly thenRest: boolean } | undefined;
  readonly outputs: readonly TestOutput[];
}

/** One of these at most goes to standard output. */
export interface TestOutput {
  readonly format: 'human' | 'json' | 'junit' | 'sarif';
  /** As typed; undefined: standard output. */
  readonly file: string | undefined;
}

export interface MutateInvocation extends Common {
  readonly kind: 'mutate';
  readonly format: FindingFormat;
  /** As typed: the file whose code is changed, then the test files; no test files: those that concern it. */
  readonly files: readonly [string, ...string[]];
  readonly trust: boolean;
  /** Zero-based, first and last line; undefined: all. */
  readonly lines: readonly [first: number, last: number] | undefined;
  /** undefined: as many as are spread over the file by default. */
  readonly max: number | undefined;
  readonly seed: number;
}

export interface WatchInvocation extends Common {
  readonly kind: 'watch';
  /** Names; empty: all. */
  readonly rules: readonly string[];
  readonly format: 'human' | 'json';
  readonly trust: boolean;
  /** The approvals file, as typed; undefined: none. */
  readonly approvals: string | undefined;
}

export interface ExplainInvocation extends Common {
  readonly kind: 'explain';
  readonly about:
    | {
        readonly kind: 'event';
        /** As typed; it need not exist. */
        readonly file: string;
        readonly event: EventName;
        readonly origin: Origin;
      }
    /** The beginning of a run's id. */
    | { readonly kind: 'run'; readonly run: string };
  readonly trust: boolean;
  /** The approvals file, as typed; undefined: none. */
  readonly approvals: string | undefined;
}

export interface UndoInvocation extends Common {
  readonly kind: 'undo';
  /** The beginning of its id. */
  readonly run: string;
}

export interface HooksInvocation extends Common {
  readonly kind: 'hooks';
  readonly action: 'install' | 'remove' | 'status';
}

export interface ApprovalsInvocation extends Common {
  readonly kind: 'approvals';
  readonly action: ApprovalsAction;
}

export type ApprovalsAction =
  | { readonly verb: 'list'; readonly file: string | undefined }
  /** `rules`: names or ids; empty: all. `file`: the approvals file, as typed; undefined: what is kept for this user. */
  | { readonly verb: 'add' | 'remove'; readonly rules: readonly string[]; readonly file: string | undefined }
  | { readonly verb: 'export' | 'verify'; readonly file: string };

export interface ValidateRulesInvocation extends Common {
  readonly kind: 'validateRules';
  /** As typed; empty: all rule files of the folder. */
  readonly files: readonly string[];
  readonly fix: boolean;
  readonly format: FindingFormat;
  readonly maxWarnings: number | undefined;
}

export interface RulesInvocation extends Common {
  readonly kind: 'rules';
  /** As typed: only rules that concern it; it need not exist. */
  readonly file: string | undefined;
}

export interface RuleShowInvocation extends Common {
  readonly kind: 'ruleShow';
  /** Name or id. */
  readonly rule: string;
  /** With all that it inherits, and where each value comes from. */
  readonly effective: boolean;
}

export interface RuleCreateInvocation extends Common {
  readonly kind: 'ruleCreate';
  /** Its name, or its path below `.cursor/rules`. */
  readonly rule: string;
  readonly template: RuleTemplateId;
  readonly description: string | undefined;
  readonly globs: string | undefined;
}

export interface RuleRenameInvocation extends Common {
  readonly kind: 'ruleRename';
  /** Name or id. */
  readonly rule: string;
  readonly name: string;
  readonly write: boolean;
}

export interface RuleTestInvocation extends Common {
  readonly kind: 'ruleTest';
  /** Name or id; undefined: all rules that have tests. */
  readonly rule: string | undefined;
}

export interface MigrateInvocation extends Common {
  readonly kind: 'migrate';
  /** As typed; empty: all rule files of the folder. */
  readonly files: readonly string[];
  readonly write: boolean;
}

export interface ImportInvocation extends Common {
  readonly kind: 'import';
  readonly dialect: DialectId;
  /** As typed; empty: all files of that tool. */
  readonly files: readonly string[];
  readonly write: boolean;
  /** Files that are there may be written over. */
  readonly replace: boolean;
}

export interface ExportInvocation extends Common {
  readonly kind: 'export';
  readonly dialect: DialectId;
  /** Names or ids; empty: all live rules. */
  readonly rules: readonly string[];
  /** The folder that the files go to, as typed; undefined: the workspace folder. */
  readonly out: string | undefined;
  readonly write: boolean;
  readonly replace: boolean;
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
