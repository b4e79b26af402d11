import type { TestsResult } from '../../engine/engine.ts';
import { testFinding } from '../../engine/journal/testFindings.ts';
import { countTests, type TestRunOutcome, type TestsNotRun } from '../../protocol/tests.ts';
import type { Finding } from '../../protocol/text.ts';
import type { RunView } from '../../protocol/viewState.ts';
import { pathShower, type CommandContext } from '../commandContext.ts';
import type { TestOutput } from '../invocation.ts';
import { plainLine } from './plainText.ts';
import { renderJson } from './renderJson.ts';
import { renderSarif } from './renderSarif.ts';
import { renderTestJunit } from './renderTestJunit.ts';
import { renderTests } from './renderTests.ts';

interface ShownTests {
  readonly result: TestsResult;
  /** Of the run around the tests; undefined: nothing ran. */
  readonly view: RunView | undefined;
}

/** How tests ended, for people or for other programs. */
export function renderTestReport(
  format: TestOutput['format'],
  shown: ShownTests,
  context: Pick<CommandContext, 'root' | 'cwd' | 'paints' | 'version'>,
): string {
  const showPath = pathShower(context);
  switch (format) {
    case 'human':
      return renderForPeople(shown, context);
    case 'json':
      return renderJson(toDocument(shown));
    case 'sarif':
      return renderSarif({ findings: findingsOf(shown), showPath, version: context.version });
    case 'junit':
      return renderTestJunit(endOf(shown), shown.result.notRun);
  }
}

function renderForPeople(
  { result, view }: ShownTests,
  context: Pick<CommandContext, 'root' | 'cwd' | 'paints'>,
): string {
  const paint = context.paints.stdout;
  if (view?.outcome === 'refused') return `${paint.red(plainLine(view.message))}\n`;
  const { outcome, runner, coverage, verdict, trend, notRun = [] } = result;
  return renderTests({
    outcome,
    runner,
    coverage,
    verdict,
    trend,
    notRun,
    showPath: pathShower(context),
    paint,
  });
}

/** A run that was refused ended before any test. */
function endOf({ result, view }: ShownTests): TestRunOutcome {
  return view?.outcome === 'refused'
    ? { kind: 'noReport', message: view.message, output: '' }
    : result.outcome;
}

function toDocument({ result, view }: ShownTests): unknown {
  const { run, runner, outcome, coverage, verdict, trend } = result;
  const isFinished = outcome.kind === 'finished';
  return {
    run,
    runner: runner ?? null,
    outcome: view?.outcome === 'refused' ? 'refused' : outcome.kind,
    code: view?.code ?? null,
    message: 'message' in outcome ? outcome.message : (view?.message ?? null),
    counts: isFinished ? countTests(outcome.tests) : null,
    ms: 'ms' in outcome ? outcome.ms : null,
    tests: isFinished ? outcome.tests : [],
    notRun: result.notRun ?? [],
    coverage: coverage ?? null,
    verdict: verdict === undefined ? null : { level: verdict.level, message: verdict.message },
    trend: trend ?? null,
  };
}

/** Red tests, what is wanting of coverage, and what kept the tests from ending. */
function findingsOf(shown: ShownTests): readonly Finding[] {
  const outcome = endOf(shown);
  if (outcome.kind !== 'finished') {
    const message = 'message' in outcome ? outcome.message : 'Stopped.';
    const start = { line: 0, character: 0 };
    const code = `tests.${outcome.kind}`;
    return [{ path: '.', range: { start, end: start }, severity: 'error', code, message }];
  }
  const red = outcome.tests.filter(({ failure }) => failure !== undefined);
  return [
    ...red.map((test) => testFinding(test.path ?? test.failure?.frames[0]?.path ?? '.', test)),
    ...(shown.result.notRun ?? []).flatMap(({ why, paths, message }) =>
      paths.map((path) => notRunFinding(path, why, message)),
    ),
    ...(shown.result.verdict?.findings ?? []),
  ];
}

function notRunFinding(path: string, why: TestsNotRun['why'], message: string): Finding {
  const start = { line: 0, character: 0 };
  const [severity, code] =
    why === 'noProgram'
      ? (['error', 'tests.runnerMissing'] as const)
      : (['information', 'tests.noRunner'] as const);
  return { path, range: { start, end: start }, severity, code, message: `Did not run. ${message}` };
}
