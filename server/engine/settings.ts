import type { EditorSettings } from '../protocol/requests.ts';
import { defaultModelSettings, type ModelSettings } from '../protocol/modelSettings.ts';
import type { FormWish, SecretsWish } from '../protocol/modelSettings.ts';
import type { ScanWish } from '../protocol/assessment.ts';
import type { ApprovalMode } from '../protocol/runEvents.ts';

/** What the user decided; nothing here comes from a workspace file. */
export interface Settings {
  readonly ai: AiSettings;
  readonly approval: ApprovalMode;
  readonly limits: Limits;
  readonly models: ModelSettings;
  readonly rules: {
    readonly builtin: readonly string[];
    /** Folders, relative to a workspace folder, whose rule files are live too; a trusted folder may name them. */
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
    /** What folders switch off beyond that, by absolute path. */
    readonly byFolder: Readonly<
      Record<string, { readonly enabled: boolean; readonly eventsOff: readonly string[] }>
    >;
  };
  /** How tests that a model wrote are proven; what is missing is as by default. */
  readonly generatedTests?: Partial<CandidateLimits>;
  /** `domains`: what commands in the sandbox may reach, `example.org` or `*.example.org`; undefined: nothing. */
  readonly sandbox?: { readonly domains: readonly string[] };
  /** undefined: `show`. */
  readonly generatedCode?: { readonly scan: ScanWish };
  readonly tests: {
    readonly pythonPath: string;
    readonly timeoutSeconds: number;
    /** How often red tests of a person's own run go again on the same text; undefined: they do not. */
    readonly retries?: number;
    /** Ids of runners by glob; a workspace may choose so among the known ones. undefined: each is found by itself. */
    readonly runner?: Readonly<Record<string, string>>;
  };
}

export interface AiSettings {
  /** `unset` until a provider is chosen: a fresh machine calls nobody. */
  readonly enabled: boolean | 'unset';
  /** Provider's id, such as `anthropic`; empty when none is chosen. */
  readonly provider: string;
  readonly model: string;
  /** How edits are asked for; undefined: as the model's and the file's size call for. */
  readonly answerForm?: FormWish;
  /** What becomes of secrets in what is sent to another machine; undefined: they are masked. */
  readonly secretsInPrompts?: SecretsWish;
}

export interface Limits {
  readonly usdPerRun: number;
  readonly usdPerDay: number;
  readonly secondsPerRun: number;
  readonly attempts: number;
  /** Binds where the price of a model is unknown. */
  readonly tokensPerRun: number;
}

export const defaultSettings: Settings = {
  ai: { enabled: 'unset', provider: '', model: '' },
  approval: 'preview',
  limits: { usdPerRun: 0.5, usdPerDay: 5, secondsPerRun: 600, attempts: 5, tokensPerRun: 200_000 },
  models: defaultModelSettings,
  rules: {
    builtin: [],
    folders: [],
    dialects: [],
    problems: {},
    eventsOff: [],
    enabled: true,
    quietHours: true,
    byFolder: {},
  },
  tests: { pythonPath: '', timeoutSeconds: 120 },
};

/** What holds where neither a person's settings, the environment nor a flag says anything. */
export const unsetSettings: EditorSettings = {
  ...defaultSettings,
  ai: { ...defaultSettings.ai, baseUrl: '' },
  replay: { mode: 'off', folder: '' },
  trace: 'off',
  proxy: '',
};

/** What may be spent on proving the tests of one answer. */
export interface CandidateLimits {
  /** How often the new tests run together. */
  readonly repetitions: number;
  /** Mutants that the tests before are asked about; 0: none. */
  readonly maxMutants: number;
  /** Of all filters together. */
  readonly maxSeconds: number;
}

const defaultCandidateLimits: CandidateLimits = { repetitions: 5, maxMutants: 40, maxSeconds: 180 };

/** What is done with what scanners find. */
export function scanWish({ generatedCode }: Pick<Settings, 'generatedCode'>): ScanWish {
  return generatedCode?.scan ?? 'show';
}

export function candidateLimits({ generatedTests }: Pick<Settings, 'generatedTests'>): CandidateLimits {
  return { ...defaultCandidateLimits, ...generatedTests };
}
