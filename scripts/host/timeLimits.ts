/**
 * How long things of a real editor may take before they count as hanging. A quiet machine needs a tenth of it; one that
 * runs other things beside must not fail a test.
 */
export const timeLimits = {
  /** A server comes up, or extensions are installed. */
  startMs: 120_000,
  /** A window loads. */
  loadMs: 120_000,
  /** What a person does shows on the screen. */
  actionMs: 60_000,
  /** A suite runs to its end. */
  suiteMs: 15 * 60_000,
} as const;
