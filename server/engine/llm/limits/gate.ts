import type { WindowLimits } from './rateWindow.ts';

export interface GateLimits extends WindowLimits {
  /** Calls at the same time. */
  readonly concurrency: number;
}

/** A try that may begin: `leave` it exactly once. */
export interface GateEntry {
  readonly kind: 'entered';
  leave(result: GateResult): void;
}

export interface GateResult {
  /** `undecided`: nothing is known of the provider, as when the call was stopped. */
  readonly health: 'worked' | 'failed' | 'undecided';
  /** Tokens that it really took; undefined: as many as were expected. */
  readonly tokens?: number;
  /** The provider wants to be left alone, in milliseconds. */
  readonly restMs?: number;
}

export type GateAnswer =
  | GateEntry
  | { readonly kind: 'aborted' }
  /** Its turn did not come in time. */
  | { readonly kind: 'late' }
  /** The provider failed too often; `until` when it is tried again. */
  | { readonly kind: 'open'; readonly until: number };

export interface GateRequest {
  readonly provider: string;
  /** Whose turn it is, such as the id of a run: turns go round. */
  readonly key: string;
  /** The most that the try can take. */
  readonly tokens: number;
  readonly limits: GateLimits;
  /** Longest wait, in milliseconds. */
  readonly waitMs: number;
}
