/** Who would be asked for what, and where that is said; and what each answered to a tiny call. */
export interface ModelsReport {
  readonly roles: readonly ReportedRole[];
  readonly limits: readonly ReportedValue[];
  /** What is wrong in the settings and in the team's file, as sentences. */
  readonly problems: readonly string[];
  /** In the order of first mention; empty when nobody was asked. */
  readonly tried: readonly TriedModel[];
}

export interface ReportedRole {
  readonly role: string;
  /** `provider/model`, in the order in which they are asked. */
  readonly candidates: readonly string[];
  readonly values: readonly ReportedValue[];
  /** What was named and is not asked, with why. */
  readonly skipped: readonly string[];
}

export interface ReportedValue {
  readonly name: string;
  readonly value: string;
  /** `default`, `settings`, `models.yaml`. */
  readonly source: string;
}

export interface TriedModel {
  readonly model: string;
  readonly ok: boolean;
  readonly message: string;
  /** USD; null when nothing was billed. */
  readonly cost: number | 'unknown' | null;
  readonly firstTokenMs?: number;
  readonly ms?: number;
}
