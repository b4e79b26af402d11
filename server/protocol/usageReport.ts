/** What calls of models took and cost, folded from the journals of a folder. */
export interface UsageReport {
  /** Journals that were read, newest first up to a limit. */
  readonly runs: number;
  readonly total: UsageRow;
  readonly by: Readonly<Record<UsageGrouping, readonly UsageRow[]>>;
  readonly latency: readonly LatencyRow[];
  /** What the person wants answers to take, in milliseconds; 0: no target. */
  readonly target: { readonly firstTokenMs: number; readonly totalMs: number };
}

export const usageGroupings = ['rule', 'role', 'model', 'day'] as const;

export type UsageGrouping = (typeof usageGroupings)[number];

export interface UsageRow {
  readonly name: string;
  readonly calls: number;
  /** Calls among them without an answer that could be used. */
  readonly failed: number;
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
  /** Some counts are estimates. */
  readonly estimated: boolean;
  /** USD of what has a known price. */
  readonly usd: number;
  readonly unknownPrice: boolean;
}

/** Of answers that came live, by role and provider; times in milliseconds. */
export interface LatencyRow {
  readonly role: string;
  readonly provider: string;
  readonly answers: number;
  readonly firstToken: Percentiles;
  readonly total: Percentiles;
}

export interface Percentiles {
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
}
