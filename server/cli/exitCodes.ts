import type { TestsResult } from '../engine/engine.ts';
import type { RunOutcome } from '../protocol/runEvents.ts';
import type { Finding } from '../protocol/text.ts';
import { countTests, type TestRunOutcome } from '../protocol/tests.ts';

/** What the shell is told. `usage` also stands for faults of ours. */
export const exitCodes = { good: 0, findings: 1, usage: 2, refused: 3, cancelled: 130 } as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

const ofRunOutcome: Readonly<Record<RunOutcome, ExitCode>> = {
  landed: exitCodes.good,
  proposed: exitCodes.good,
  unchanged: exitCodes.good,
  rejected: exitCodes.refused,
  refused: exitCodes.refused,
  failed: exitCodes.findings,
  cancelled: exitCodes.cancelled,
  interrupted: exitCodes.usage,
};

const ofTestsOutcome: Readonly<Record<Exclude<TestRunOutcome['kind'], 'finished'>, ExitCode>> = {
  noTests: exitCodes.findings,
  runnerMissing: exitCodes.usage,
  noReport: exitCodes.findings,
  timedOut: exitCodes.findings,
  cancelled: exitCodes.cancelled,
  notConfined: exitCodes.refused,
};

/** A code that begins with `internal.` is our fault, however the run ended. */
export function exitCodeOfRun({
  outcome,
  code,
}: {
  readonly outcome: RunOutcome;
  readonly code: string;
}): ExitCode {
  if (code.startsWith('internal.') && outcome !== 'cancelled') return exitCodes.usage;
  return outcome === 'landed' && code === 'tests.red-in-place' ? exitCodes.findings : ofRunOutcome[outcome];
}

/** `end` is how the run around the tests ended, where that is known: it may have been refused before any test. */
export function exitCodeOfTests(
  { outcome, verdict, notRun = [] }: Pick<TestsResult, 'outcome' | 'verdict' | 'notRun'>,
  end?: { readonly outcome?: RunOutcome | undefined; readonly code?: string | undefined },
): ExitCode {
  if (end?.outcome === 'refused') return exitCodes.refused;
  if (end?.code?.startsWith('internal.') === true && outcome.kind !== 'cancelled') return exitCodes.usage;
  if (outcome.kind !== 'finished') return ofTestsOutcome[outcome.kind];
  const isLacking = notRun.some(({ why }) => why === 'noProgram');
  const isBad = countTests(outcome.tests).failed > 0 || verdict?.level === 'failure' || isLacking;
  return isBad ? exitCodes.findings : exitCodes.good;
}

/** Without `maxWarnings` any number of warnings is good. */
export function exitCodeOfCheck(findings: readonly Finding[], maxWarnings?: number): ExitCode {
  const count = (severity: string): number =>
    findings.filter((finding) => finding.severity === severity).length;
  const isBad = count('error') > 0 || (maxWarnings !== undefined && count('warning') > maxWarnings);
  return isBad ? exitCodes.findings : exitCodes.good;
}
