import { findMutants } from '../../testing/mutation/findMutants.ts';
import { sampleMutants, type SampleBounds } from '../../testing/mutation/sampleMutants.ts';
import { actorOf } from '../ruleActor.ts';
import { failed, refused, type RunEnd } from '../runScope.ts';
import { createMutantTrial } from './createMutantTrial.ts';
import { openMutantCopies, type MutantCopies } from './mutantCopies.ts';
import { measureLines } from './measureLines.ts';
import type {
  MutantTests,
  MutantTrial,
  MutationLimits,
  MutationScope,
  MutationSubject,
} from './mutationTypes.ts';

export interface MutantTrialRequest {
  readonly subject: MutationSubject;
  /** Zero-based lines that mutants may begin in; undefined: all. */
  readonly lines?: readonly number[];
  /** Without coverage it is measured, where that can be done. */
  readonly existing: MutantTests;
  readonly limits: MutationLimits;
  readonly sample: SampleBounds;
  /** Copies that are there already, and stay; undefined: it makes its own. */
  readonly copies?: MutantCopies;
}

/** Finds the mutants of a file and makes the copies in which tests are asked about them. Whoever opened it disposes it. */
export async function openMutantTrial(
  scope: MutationScope,
  { subject, lines, existing, limits, sample, copies: given }: MutantTrialRequest,
  signal: AbortSignal,
): Promise<MutantTrial | RunEnd> {
  const { path, text } = subject;
  const search = await findMutants(
    scope.deps,
    { path, text, ...(lines === undefined ? {} : { lines }) },
    signal,
  );
  if (search.kind === 'none') return failed('mutation.none', search.reason);
  const mutants = sampleMutants(search.mutants, sample, scope.deps.digest);
  const denied = await scope.deps.rights.take(scope.root, {
    run: scope.recorder.run,
    who: actorOf(scope),
    right: {
      kind: 'tests',
      runner: subject.plan.runner.id,
      paths: existing.files,
      code: 'model',
      sandbox: true,
    },
    by: { kind: 'sandbox', detail: `${mutants.length} mutants of ${path}` },
  });
  if (denied) return refused(denied.code, denied.message);
  const copies =
    given === undefined
      ? await openMutantCopies(scope, { wanted: Math.max(1, mutants.length) }, signal)
      : { ...given, dispose: async () => undefined };
  if ('outcome' in copies) return copies;
  const measured =
    existing.coverage === undefined
      ? await measureLines(scope, { copies, subject, tests: existing }, signal)
      : undefined;
  const tests = measured === undefined ? existing : { ...existing, coverage: measured.coverage };
  return createMutantTrial(scope, {
    subject,
    mutants,
    existing: tests,
    limits,
    copies,
    ...(measured && { unmutated: measured.run }),
  });
}
