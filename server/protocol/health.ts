import type { RequestName } from './requests.ts';

/** Looks at the whole installation, for each open folder; asks no model. */
export const examineHealth: RequestName<
  Record<string, never>,
  readonly { readonly folder: string; readonly markdown: string }[]
> = { method: 'codegenLab/examineHealth' };

/** A bundle for a report of an issue, for each open folder: masked, without prompts, texts and contents of files. Nothing is sent. */
export const describeIssue: RequestName<
  Record<string, never>,
  readonly { readonly folder: string; readonly markdown: string }[]
> = { method: 'codegenLab/describeIssue' };

/** What was found of the installation, for one workspace folder. */
export interface HealthReport {
  /** Of this product. */
  readonly version: string;
  readonly checks: readonly HealthCheck[];
}

export interface HealthCheck {
  /** Stable, such as `git`. */
  readonly id: string;
  /** What was looked at, in a few words. */
  readonly title: string;
  /** `attention`: it works, with something missing or about to be; `bad`: something does not work. */
  readonly state: 'good' | 'attention' | 'bad';
  /** What was seen, in sentences. */
  readonly seen: string;
  /** What to do, in sentences; empty where there is nothing to do. */
  readonly todo: string;
}
