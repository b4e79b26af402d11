import type { FormWish, ModelSettings, SecretsWish } from './modelSettings.ts';
import type { LandParams, LandResult, ProposalTexts } from './proposals.ts';
import type { ScanWish } from './assessment.ts';
import type { LogLevel } from './logLevels.ts';
import type { ModelsReport } from './modelsReport.ts';
import type { ApprovalTexts, ApprovalView, RuleText } from './approvals.ts';
import type { LeftFile } from './runEvents.ts';
import type { Position, Range } from './text.ts';
import type { UsageReport } from './usageReport.ts';
import type { ViewState } from './viewState.ts';

/** A custom request: its name and, for the compiler only, what goes in and out. */
export interface RequestName<Params, Result> {
  readonly method: string;
  readonly _types?: (params: Params) => Result;
}

export interface NotificationName<Params> {
  readonly method: string;
  readonly _types?: (params: Params) => void;
}

function request<Params, Result>(method: string): RequestName<Params, Result> {
  return { method };
}

function notification<Params>(method: string): NotificationName<Params> {
  return { method };
}

/** Where and how the server starts; sent as `initializationOptions`. */
export interface ServerOptions {
  /** Absolute path of the user's storage for this extension; nothing of it lies in a workspace. */
  readonly storage: string;
  readonly trusted: boolean;
  readonly settings: EditorSettings;
  readonly extensionVersion: string;
  /** Absolute path of the bundled rules, if this installation has them. */
  readonly builtinRules: string;
  /** How often the server gives a sign of life, in milliseconds; undefined: nobody listens. */
  readonly beatEveryMs?: number;
  /** What the person wants to read; undefined: everything that the editor may show. */
  readonly logLevel?: LogLevel;
}

/** Settings as the editor resolved them: user or machine scope where rights are concerned. */
export interface EditorSettings {
  readonly ai: {
    readonly enabled: boolean | 'unset';
    readonly provider: string;
    readonly model: string;
    readonly baseUrl: string;
    /** By provider: where it answers, if not at its own address. */
    readonly baseUrls?: Readonly<Record<string, string>>;
    /** By provider: a program that prints the key, and its arguments. */
    readonly keyCommands?: Readonly<Record<string, readonly string[]>>;
    /** How edits are asked for; undefined: as the size of the model and of the file calls for. */
    readonly answerForm?: FormWish;
    /** What becomes of secrets in what is sent to another machine; undefined: they are masked. */
    readonly secretsInPrompts?: SecretsWish;
  };
  readonly approval: 'auto' | 'ask' | 'preview';
  readonly limits: {
    readonly usdPerRun: number;
    readonly usdPerDay: number;
    readonly secondsPerRun: number;
    readonly attempts: number;
    readonly tokensPerRun: number;
  };
  readonly models: ModelSettings;
  /** undefined: as by default. */
  readonly audit?: {
    /** Nothing that needs a right is done where the audit log cannot be written. */
    readonly required: boolean;
  };
  /** undefined: none but those of the machine and the team. */
  readonly policy?: {
    /** Absolute; empty: none. */
    readonly file: string;
  };
  readonly replay: { readonly mode: 'off' | 'record' | 'replay' | 'auto'; readonly folder: string };
  readonly rules: {
    readonly builtin: readonly string[];
    /** Folders, relative to a workspace folder, whose rule files are live too. */
    readonly folders: readonly string[];
    /** Other tools whose rule files guide, by id, such as `agents`. */
    readonly dialects: readonly string[];
    /** How problems of rule files are shown, by code: a severity, or `off`. */
    readonly problems: Readonly<Record<string, string>>;
    /** Events on which no rule starts anything by itself, such as `open`. */
    readonly eventsOff: readonly string[];
    readonly enabled: boolean;
    /** Nothing begins by itself while somebody debugs, or git is in the middle of something. */
    readonly quietHours: boolean;
    /** What workspace folders switch off beyond that, by absolute path. */
    readonly byFolder: Readonly<
      Record<string, { readonly enabled: boolean; readonly eventsOff: readonly string[] }>
    >;
  };
  readonly tests: {
    readonly pythonPath: string;
    readonly timeoutSeconds: number;
    /** How often red tests run again, so that flaky ones are told; undefined: they do not. */
    readonly retries?: number;
    /** Ids of test runners by glob. */
    readonly runner?: Readonly<Record<string, string>>;
  };
  /** How tests that a model wrote are proven; what is missing is as by default. */
  readonly generatedTests?: {
    readonly repetitions?: number;
    readonly maxMutants?: number;
    readonly maxSeconds?: number;
  };
  /** Whether scanners that the project has look at what would change; undefined: `show`. */
  readonly generatedCode?: { readonly scan: ScanWish };
  /** `domains`: what commands in the sandbox may reach; undefined: nothing. */
  readonly sandbox?: { readonly domains: readonly string[] };
  readonly trace: 'off' | 'messages' | 'verbose';
  /** Empty: what the environment says; `off`: none. */
  readonly proxy: string;
  /** Hosts that are asked without a proxy. */
  readonly noProxy?: readonly string[];
}

// From client to server.
/** Another level was chosen for the output channel. */
export const logLevelChanged = notification<{ readonly level: LogLevel }>('codegenLab/logLevelChanged');
export const trustChanged = notification<{ readonly trusted: boolean }>('codegenLab/trustChanged');
export const settingsChanged = notification<EditorSettings>('codegenLab/settingsChanged');
/** A save by hand or by the editor itself; `didSave` of the LSP does not say which. */
export const fileSaved = notification<{ readonly uri: string; readonly origin: 'user' | 'auto' }>(
  'codegenLab/fileSaved',
);
/** The source file that a person looked at last: what rules would do with it is told over the rules. */
export const sourceShown = notification<{ readonly uri: string }>('codegenLab/sourceShown');
/** Other extensions say something else of a file than before, and have settled. Sent only while `problemsWanted`. */
export const problemsChanged = notification<{ readonly uri: string }>('codegenLab/problemsChanged');
/** A debug session began, or the last one ended. */
export const debuggingChanged = notification<{ readonly active: boolean }>('codegenLab/debuggingChanged');
/** A person opened a file in an editor; `didOpen` of the LSP tells of every text that anything reads. */
export const fileOpened = notification<{ readonly uri: string }>('codegenLab/fileOpened');
export const runRule = request<
  { readonly ruleId: string; readonly uri: string },
  { readonly run: string } | { readonly refused: string }
>('codegenLab/runRule');
/** Tests are wanted that notice these mutants of a file. */
export const killSurvivors = request<
  { readonly uri: string; readonly survivors: readonly string[] },
  { readonly run: string } | { readonly refused: string }
>('codegenLab/killSurvivors');
/** Tries small wrong changes of a file's code on its tests; what they let live is told as findings. */
export const tryMutants = request<
  { readonly uri: string },
  { readonly ok: boolean; readonly message: string }
>('codegenLab/tryMutants');
/** A person answers for rules, each with the text that was shown. */
export const approveRules = request<
  { readonly folder: string; readonly texts: readonly RuleText[]; readonly allow: boolean },
  Record<string, never>
>('codegenLab/approveRules');
/** Takes back what was said of rules: they ask anew. */
export const revokeApprovals = request<
  { readonly folder: string; readonly ruleIds: readonly string[] | 'all' },
  Record<string, never>
>('codegenLab/revokeApprovals');
/** A rule as it was approved last, and as it is now. */
export const readApproval = request<
  { readonly folder: string; readonly ruleId: string },
  ApprovalTexts | undefined
>('codegenLab/readApproval');
export const decideProposal = request<
  {
    readonly run: string;
    readonly accept: boolean;
    readonly paths?: readonly string[];
    /** Of these files only these hunks, by their index in `readProposal`. */
    readonly hunks?: readonly { readonly path: string; readonly kept: readonly number[] }[];
    /** The person looked at the difference before. */
    readonly seen?: boolean;
    /** The person knows that the parts are not proven without the others. */
    readonly unproven?: boolean;
  },
  { readonly ok: boolean; readonly message: string; readonly unproven?: true }
>('codegenLab/decideProposal');
/** Takes back what a run changed, where nobody changed it since. */
export const undoRun = request<
  { readonly folder: string; readonly run: string },
  { readonly ok: boolean; readonly message: string; readonly left: readonly LeftFile[] }
>('codegenLab/undoRun');
/** Who would be asked for what, by workspace folder; `tries`: every candidate is asked a tiny question, which may cost something. */
export const checkModels = request<
  { readonly tries: boolean },
  readonly { readonly folder: string; readonly report: ModelsReport }[]
>('codegenLab/checkModels');
/** Goes on with a run that was cut short, as a new run. */
export const resumeRun = request<
  { readonly folder: string; readonly run: string },
  { readonly run: string } | { readonly refused: string }
>('codegenLab/resumeRun');
/** What calls of models took and cost, by workspace folder. */
export const readUsage = request<
  Record<string, never>,
  readonly { readonly folder: string; readonly report: UsageReport }[]
>('codegenLab/readUsage');
export const stopRun = request<{ readonly run: string | 'all' }, { readonly stopped: number }>(
  'codegenLab/stopRun',
);
/** What waits to begin and what runs, in the order in which it begins. `stopRun` takes one out. */
export const listQueue = request<Record<string, never>, readonly QueuedRun[]>('codegenLab/listQueue');
/** The files of a proposal with their texts; undefined when the run is not known any more. */
export const readProposal = request<{ readonly run: string }, ProposalTexts | undefined>(
  'codegenLab/readProposal',
);
export const runTests = request<
  {
    readonly folder: string;
    readonly paths: readonly string[];
    readonly ids: readonly string[];
    readonly coverage?: boolean;
    /** Under a debugger of the editor. */
    readonly debug?: boolean;
  },
  { readonly run: string } | { readonly refused: string }
>('codegenLab/runTests');
export const allowUnconfined = request<
  { readonly run: string; readonly allow: boolean },
  { readonly ok: boolean }
>('codegenLab/allowUnconfined');
/** The prompt as it would be sent now, as Markdown. Nothing is sent. */
export const previewPrompt = request<
  { readonly ruleId: string; readonly uri: string },
  { readonly markdown: string }
>('codegenLab/previewPrompt');
/**
 * What the rules of a file's folder do for it, and why; drafts and rules that do nothing are among them. With `on`, the name of
 * an event, `fires` is about that event as `origin` (default: `user`) causes it, with settings, trust and approvals, and the
 * rules come in the order in which they would fire.
 */
export const explainRules = request<
  { readonly uri: string; readonly on?: string; readonly origin?: 'user' | 'auto' | 'disk' | 'self' },
  readonly ExplainedRule[]
>('codegenLab/explainRules');
/** Files that a rule is about, as URIs, sorted; `more`: there are more than `limit`. undefined: no such rule. */
export const findMatchedFiles = request<
  { readonly folder: string; readonly ruleId: string; readonly limit: number },
  { readonly uris: readonly string[]; readonly more: boolean } | undefined
>('codegenLab/findMatchedFiles');
/** A rule with all that it inherits, as a rule file that names its sources; undefined: no such rule. */
export const readEffectiveRule = request<
  { readonly folder: string; readonly ruleId: string },
  { readonly text: string } | undefined
>('codegenLab/readEffectiveRule');
/** A rule in words, as Markdown; undefined: no such rule. */
export const describeRule = request<
  { readonly folder: string; readonly ruleId: string },
  { readonly markdown: string } | undefined
>('codegenLab/describeRule');
/** What to write where files or rules are dropped into a rule file; undefined: nothing of ours. */
export const writeReferences = request<
  { readonly uri: string; readonly position: Position; readonly targets: readonly string[] },
  { readonly text: string } | undefined
>('codegenLab/writeReferences');
/** The text of a bundled rule; undefined: the library has none of this name. */
export const readBundledRule = request<{ readonly uri: string }, { readonly text: string } | undefined>(
  'codegenLab/readBundledRule',
);
/** What a new rule of this name may begin with. */
export const listRuleTemplates = request<{ readonly name: string }, readonly RuleTemplateText[]>(
  'codegenLab/listRuleTemplates',
);
/** What the rule files of other tools in the open folders come to as rule files of ours. Nothing is written. */
export const findRuleImports = request<Record<string, never>, readonly RuleImport[]>(
  'codegenLab/findRuleImports',
);
/** The rules that act in the open folders, or would if they were active. */
export const listRules = request<Record<string, never>, readonly RuleSummary[]>('codegenLab/listRules');
/** All rules that can be seen: drafts, the whole library and files outside of the rules' folders too. */
export const listAllRules = request<Record<string, never>, readonly RuleSummary[]>('codegenLab/listAllRules');
/** The edit that switches a rule on or off in its file. */
export const switchRule = request<
  { readonly uri: string; readonly enabled: boolean },
  { readonly edits: readonly TextChange[] } | { readonly refused: string }
>('codegenLab/switchRule');

export interface QueuedRun {
  readonly run: string;
  /** The workspace folder's absolute path. */
  readonly folder: string;
  readonly rule: string;
  /** Relative to the folder. */
  readonly file: string;
  readonly event: string;
  /** `quiet`: it waits until its file has been quiet; `ready`: for others that run. */
  readonly state: 'quiet' | 'ready' | 'running';
  /** Why it does not begin by itself now; goes on after "because", without a full stop. */
  readonly held?: string;
}

export interface TextChange {
  readonly range: Range;
  readonly newText: string;
}

export interface RuleImport {
  /** The folder's root. */
  readonly folder: string;
  /** The tool as people call it. */
  readonly label: string;
  /** Its files, relative to the folder. */
  readonly sources: readonly string[];
  /** `exists`: there is a file of that name already. */
  readonly files: readonly { readonly path: string; readonly text: string; readonly exists: boolean }[];
  /** What does not come over, in sentences; `rule` is the path of a file. */
  readonly losses: readonly { readonly rule: string; readonly message: string }[];
}

export interface RuleTemplateText {
  readonly id: string;
  /** When to take it; goes on after "a rule that". */
  readonly detail: string;
  readonly text: string;
}

export interface RuleSummary {
  readonly folder: string;
  readonly ruleId: string;
  readonly name: string;
  readonly kind: string;
  readonly uri: string;
  readonly line: number;
  readonly description: string;
  readonly fires: boolean;
  readonly active: boolean;
  /** There to be extended; then it never acts. */
  readonly abstract: boolean;
  /** Why it is not active; goes on after "because", without a full stop. */
  readonly inactiveReason?: string;
  /** What its file says; a rule may be enabled and still not act. */
  readonly enabled: boolean;
  /** `library`: bundled; `elsewhere`: a file that lies where no rule acts. Of the library and of live rules some act. */
  readonly place: 'live' | 'draft' | 'library' | 'elsewhere';
}

export interface ExplainedRule {
  readonly ruleId: string;
  readonly name: string;
  readonly kind: string;
  /** Whether its text goes into prompts about the file. */
  readonly guides: RuleAnswer;
  /** Whether it fires on events of the file, or checks it. */
  readonly fires: RuleAnswer;
}

export interface RuleAnswer {
  /** `onRequest`: not by itself, but a person or the model may ask for it. */
  readonly applies: 'yes' | 'no' | 'onRequest';
  /** The first thing that decided; goes on after "because", without a full stop. */
  readonly reason: string;
  /** Where that stands, in the rule's file or in that of a parent. */
  readonly place?: { readonly uri: string; readonly range: Range };
  /** What to do so that it applies, as a sentence. */
  readonly change?: string;
}

// From server to client.
/** A sign of life. `debugged`: a debugger is open on the server, so that it may stand still. */
export const beat = notification<{ readonly debugged: boolean }>('codegenLab/beat');
/** Whether some rule fires on problems. */
export const problemsWanted = notification<{ readonly wanted: boolean }>('codegenLab/problemsWanted');
export const viewStateChanged = notification<ViewState>('codegenLab/viewState');
/** Every rule that may act, or was allowed to; sent when the list has become another one. */
export const approvalsChanged = notification<readonly ApprovalView[]>('codegenLab/approvals');
/** Text for the integrated terminal; `run` groups what belongs together. */
export const terminalOpened = notification<{
  readonly id: string;
  readonly run: string;
  readonly title: string;
  readonly command: string;
}>('codegenLab/terminal/opened');
export const terminalOutput = notification<{ readonly id: string; readonly text: string }>(
  'codegenLab/terminal/output',
);
export const terminalClosed = notification<{ readonly id: string; readonly summary: string }>(
  'codegenLab/terminal/closed',
);
/** Applies a whole proposal as one undoable edit and saves it; refused when a file's text is not `before` any more. */
export const landEdits = request<LandParams, LandResult>('codegenLab/landEdits');
/** A key, once, when it is needed. Never traced. */
export const readSecret = request<{ readonly name: string }, { readonly value?: string }>(
  'codegenLab/readSecret',
);

// From client to server, besides the above.
/** Ctrl+C or the bin in the terminal. */
export const terminalStopped = notification<{ readonly id: string }>('codegenLab/terminal/stopped');
