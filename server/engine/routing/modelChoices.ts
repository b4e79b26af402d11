import type { CallClass, Role } from '../rules/vocabulary/modelRoles.ts';

/** One model of one provider, as `provider/model` names it. */
export interface Candidate {
  readonly provider: string;
  readonly model: string;
}

export const strategies = ['fallback', 'race', 'vote', 'best'] as const;

/**
 * `fallback`: one after the other until an answer is good; `race`: all at once, the first good answer; `vote`: all, the
 * answer that most give; `best`: all, the answer that passes most checks.
 */
export type Strategy = (typeof strategies)[number];

/** Of one answer; what is missing is not said. */
export interface CallParameters {
  readonly temperature?: number;
  readonly maxTokens?: number;
  /** In seconds. */
  readonly timeout?: number;
}

export interface RoleChoice extends CallParameters {
  /** In the order in which they are asked; empty: not said. */
  readonly use: readonly Candidate[];
  readonly strategy?: Strategy;
}

export type BudgetUnit = 'usd' | 'tokens' | 'seconds';
export type BudgetSpan = 'call' | 'run' | 'day' | 'workspace';

export type BudgetLimits = Readonly<Record<BudgetUnit, Readonly<Partial<Record<BudgetSpan, number>>>>>;

/** What a provider is asked at most. */
export interface RateLimits {
  /** Calls at the same time. */
  readonly concurrency?: number;
  readonly requestsPerMinute?: number;
  readonly tokensPerMinute?: number;
}

export interface LimitChoices extends RateLimits {
  readonly budgets: BudgetLimits;
  /** By provider, in the place of the limits for all. */
  readonly providers: ReadonlyMap<string, RateLimits>;
}

/** What one source says of models: the person's settings, or the team's file. */
export interface ModelChoices {
  readonly roles: ReadonlyMap<Role, RoleChoice>;
  readonly calls: ReadonlyMap<CallClass, CallParameters>;
  readonly limits: LimitChoices;
}

export const noChoices: ModelChoices = {
  roles: new Map(),
  calls: new Map(),
  limits: { budgets: { usd: {}, tokens: {}, seconds: {} }, providers: new Map() },
};

/** Reads `provider/model`; the model may hold further slashes and colons. undefined: it is none. */
export function parseCandidate(text: string): Candidate | undefined {
  const [, provider, model] = /^\s*([a-z][a-z0-9_-]*)\/(\S+)\s*$/.exec(text) ?? [];
  return provider === undefined || model === undefined ? undefined : { provider, model };
}

export function renderCandidate({ provider, model }: Candidate): string {
  return model === '' ? provider : `${provider}/${model}`;
}
