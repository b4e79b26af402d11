import type { MutantFate } from '../../../protocol/mutants.ts';
import type { TestCase, TestRunOutcome } from '../../../protocol/tests.ts';
import { isRed } from '../editing/judgeProof.ts';

/** Nothing that a mutant could be blamed for: no runner, no sandbox. */
export interface MutationFault {
  readonly kind: 'fault';
  readonly code: string;
  readonly message: string;
}

const maxKillers = 20;
/** What compilers say of a text that they refuse: Go, TypeScript in front of a runner, esbuild, Babel. */
const refusal =
  /\[(?:build|setup) failed\]|\berror TS\d{4,5}:|\bTS\d{4,5}: |Transform failed with \d+ error|\bBABEL_PARSE_ERROR\b/;

/** What a test run says of the mutant that it ran with. `redBefore`: ids of tests that fail without any mutant. */
export function judgeFate(
  outcome: TestRunOutcome,
  redBefore: ReadonlySet<string>,
): MutantFate | MutationFault {
  switch (outcome.kind) {
    case 'finished': {
      const red = outcome.tests.filter((test) => isRed(test) && !redBefore.has(test.id));
      if (red.length === 0) return { kind: 'survived' };
      const refused = red.find((test) => refusal.test(said(test)));
      return refused === undefined
        ? { kind: 'killed', by: red.slice(0, maxKillers).map(({ id }) => id) }
        : { kind: 'invalid', reason: firstLine(said(refused)) };
    }
    case 'noReport':
      return refusal.test(outcome.output)
        ? { kind: 'invalid', reason: firstLine(outcome.output) }
        : { kind: 'killed', by: [] };
    case 'noTests':
      return { kind: 'killed', by: [] };
    case 'timedOut':
      return { kind: 'timedOut' };
    case 'cancelled':
      return { kind: 'notRun' };
    case 'runnerMissing':
      return { kind: 'fault', code: 'tests.no-runner', message: outcome.message };
    case 'notConfined':
      return { kind: 'fault', code: outcome.code ?? 'sandbox.unavailable', message: outcome.message };
  }
}

/** Whether the tests let the mutant live. */
export function isAlive({ kind }: MutantFate): boolean {
  return kind === 'survived' || kind === 'noCoverage';
}

function said({ failure }: TestCase): string {
  return `${failure?.message ?? ''}\n${failure?.detail ?? ''}`;
}

function firstLine(text: string): string {
  const lines = text.split('\n').map((line) => line.trim());
  return lines.find((line) => refusal.test(line)) ?? lines.find((line) => line !== '') ?? '';
}
