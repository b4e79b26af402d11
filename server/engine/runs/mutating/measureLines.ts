import type { UnmutatedRun } from './mutantBaseline.ts';
import type { MutantCopies } from './mutantCopies.ts';
import type { MutantTests, MutationScope, MutationSubject, SourceCoverage } from './mutationTypes.ts';
import { runInCopy } from './runInCopy.ts';

export interface MeasuredLines {
  readonly coverage: SourceCoverage;
  /** It ran without a mutant, so that it need not run so again. */
  readonly run: UnmutatedRun;
}

/** Which lines of the mutated file the tests run; undefined: that cannot be measured here, as where coverage is not installed. */
export async function measureLines(
  scope: MutationScope,
  {
    copies,
    subject,
    tests: { files, ids },
  }: { readonly copies: MutantCopies; readonly subject: MutationSubject; readonly tests: MutantTests },
  signal: AbortSignal,
): Promise<MeasuredLines | undefined> {
  if (files.length === 0) return undefined;
  const started = scope.deps.clock.now();
  const { outcome, coverage, perTest } = await copies.pool.use((tree) =>
    runInCopy(
      scope,
      {
        ...copies,
        ...subject,
        tree,
        layers: [subject.layer],
        files,
        ids,
        coverage: 'perTest',
        failFast: false,
        timeoutMs: scope.settings.tests.timeoutSeconds * 1_000,
      },
      signal,
    ),
  );
  if (outcome.kind !== 'finished' || coverage === undefined) return undefined;
  const own = coverage.find(({ path }) => path === subject.path);
  // A report on other files alone says nothing: the tests may run the file in a way that is not measured.
  if (own === undefined) return undefined;
  const { covered, missed } = own;
  const run = { outcome, ms: scope.deps.clock.now() - started };
  return { run, coverage: { covered, missed, ...(perTest === undefined ? {} : { perTest }) } };
}
