/** Time, so that tests can own it. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after `ms`, or at once when `signal` aborts; the caller looks at the signal. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}
