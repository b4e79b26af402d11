import type { TestsResult } from '../../engine/engine.ts';
import { countTests } from '../../protocol/tests.ts';
import type { RunView } from '../../protocol/viewState.ts';
import { pathShower, type CommandContext } from '../commandContext.ts';
import { exitCodeOfTests, exitCodes, type ExitCode } from '../exitCodes.ts';
import type { TestInvocation } from '../invocation.ts';
import { plainLine } from '../render/plainText.ts';
import { renderJson } from '../render/renderJson.ts';
import { renderTests } from '../render/renderTests.ts';

/** `codegen-lab test`: what the runner prints goes to standard error while it runs, the result to standard output. */
export async function runTests(
  { json, coverage, retries }: TestInvocation,
  paths: readonly string[],
  context: CommandContext,
  signal: AbortSignal,
): Promise<ExitCode> {
  const { engine, root, output } = context;
  await engine.openFolder(root, signal);
  if (signal.aborted) return exitCodes.cancelled;
  const result = await engine.runTests(
    { root, paths, ids: [], coverage, ...(retries === undefined ? {} : { retries }) },
    signal,
  );
  const view = engine.viewState().runs.find((candidate) => candidate.run === result.run);
  output.stdout(json ? renderJson(toTestsDocument(result, view)) : renderForPeople(result, view, context));
  return exitCodeOfTests(result.outcome, view);
}

function renderForPeople(result: TestsResult, view: RunView | undefined, context: CommandContext): string {
  if (view?.outcome === 'refused') return `${context.paints.stdout.red(plainLine(view.message))}\n`;
  return renderTests({
    outcome: result.outcome,
    runner: result.runner,
    coverage: result.coverage,
    showPath: pathShower(context),
    paint: context.paints.stdout,
  });
}

function toTestsDocument(
  { run, runner, outcome, coverage }: TestsResult,
  view: RunView | undefined,
): unknown {
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
    coverage: coverage ?? null,
  };
}
