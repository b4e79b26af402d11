import type { RunTestsRequest, TestsResult } from '../../engine/engine.ts';
import { renderTeamFile, teamFile } from '../../engine/runs/coverageBook.ts';
import { mergeCoverage } from '../../engine/testing/coverage/mergeCoverage.ts';
import type { AffectedTests } from '../../protocol/testDisplay.ts';
import { countTests } from '../../protocol/tests.ts';
import type { CommandContext } from '../commandContext.ts';
import { exitCodeOfTests, exitCodes, type ExitCode } from '../exitCodes.ts';
import type { TestInvocation } from '../invocation.ts';
import { placeName } from '../placeFiles.ts';
import { renderTestReport } from '../render/renderTestReport.ts';
import { writeReport } from '../reportFiles.ts';
import { selectAffected, tellAffected } from './selectAffected.ts';

/** `codegen-lab test`: what the runner prints goes to standard error while it runs, the result to standard output. */
export async function runTests(
  invocation: TestInvocation,
  paths: readonly string[],
  context: CommandContext,
  signal: AbortSignal,
): Promise<ExitCode> {
  const { engine, root, output } = context;
  await engine.openFolder(root, signal);
  if (signal.aborted) return exitCodes.cancelled;
  const { coverage, retries, runner, seed, demand } = invocation;
  const reports = invocation.reports.map((name) => placeName(name, context));
  const outside = invocation.reports.find((_, at) => reports[at] === undefined);
  if (outside !== undefined) {
    output.stderr(`${outside} lies outside of the workspace folder ${root}.\n`);
    return exitCodes.usage;
  }
  const request: RunTestsRequest = {
    reports: reports.flatMap((path) => path ?? []),
    ...{ root, paths, ids: [], coverage },
    ...(retries === undefined ? {} : { retries }),
    ...(runner === undefined ? {} : { runner }),
    ...(seed === undefined ? {} : { seed }),
    ...(demand === undefined ? {} : { demand }),
  };
  if (invocation.affected === undefined)
    return finish(invocation, await engine.runTests(request, signal), context);
  const affected = await selectAffected(invocation.affected, paths, context, signal);
  if (signal.aborted) return exitCodes.cancelled;
  if (affected.kind === 'failed') {
    output.stderr(`${affected.message}\n`);
    return exitCodes.usage;
  }
  tellAffected(affected.tests, affected.changed, context);
  return runAffected({ invocation, request, tests: affected.tests }, context, signal);
}

interface AffectedRun {
  readonly invocation: TestInvocation;
  readonly request: RunTestsRequest;
  readonly tests: AffectedTests;
}

/** The affected tests first; where they end green and it was asked for, the others. */
async function runAffected(
  { invocation, request, tests }: AffectedRun,
  context: CommandContext,
  signal: AbortSignal,
): Promise<ExitCode> {
  const { engine, root, output } = context;
  const { paths, ids, left } = tests;
  const first =
    paths.length === 0 ? nothingAffected : await engine.runTests({ ...request, paths, ids }, signal);
  const isGreen = first.outcome.kind === 'finished' && countTests(first.outcome.tests).failed === 0;
  if (!isGreen || invocation.affected?.thenRest !== true) {
    if (left > 0)
      output.stderr(
        `${left} test ${left === 1 ? 'file' : 'files'} did not run as a whole; --then-rest does that afterwards.\n`,
      );
    return finish(invocation, first, context);
  }
  const all = (await engine.testQueries(root)?.files(signal)) ?? [];
  // A file of which some tests ran runs again as a whole.
  const chosen = new Set(ids.length > 0 ? [] : paths);
  const rest = all.map(({ path }) => path).filter((path) => !chosen.has(path));
  if (rest.length === 0) return finish(invocation, first, context);
  const second = await engine.runTests({ ...request, paths: rest }, signal);
  return finish(invocation, joinResults(first, second), context);
}

/** That no test is affected is good news; how many are left is told. */
const nothingAffected: TestsResult = { run: '', outcome: { kind: 'finished', tests: [], ms: 0 } };

function joinResults(first: TestsResult, rest: TestsResult): TestsResult {
  const { outcome } = rest;
  if (first.outcome.kind !== 'finished' || outcome.kind !== 'finished') return rest;
  const coverage = mergeCoverage([first.coverage ?? [], rest.coverage ?? []]);
  const tests = [...first.outcome.tests, ...outcome.tests];
  const notRun = [...(first.notRun ?? []), ...(rest.notRun ?? [])];
  return {
    ...rest,
    outcome: { kind: 'finished', tests, ms: first.outcome.ms + outcome.ms },
    ...(coverage.length === 0 ? {} : { coverage }),
    ...(notRun.length === 0 ? {} : { notRun }),
  };
}

function finish(invocation: TestInvocation, result: TestsResult, context: CommandContext): ExitCode {
  const { engine, output, cwd } = context;
  const view = engine.viewState().runs.find((candidate) => candidate.run === result.run);
  const problems: string[] = [];
  for (const { format, file } of invocation.outputs) {
    const text = renderTestReport(format, { result, view }, context);
    const problem = file === undefined ? output.stdout(text) : writeReport(file, text, cwd);
    if (problem !== undefined) problems.push(problem);
  }
  const code = exitCodeOfTests(result, view);
  if (invocation.savesBest && code === exitCodes.good) problems.push(...saveBest(result, context));
  for (const problem of problems) output.stderr(`${problem}\n`);
  return problems.length > 0 ? exitCodes.usage : code;
}

function saveBest({ coverage }: TestsResult, { root, output }: CommandContext): readonly string[] {
  if (coverage === undefined || coverage.length === 0)
    return [`${teamFile} is as it was: the runner told nothing of coverage.`];
  const problem = writeReport(teamFile, renderTeamFile(coverage, Date.now()), root);
  if (problem !== undefined) return [problem];
  output.stderr(`${teamFile} holds what is covered now. Commit it, and --ratchet holds everybody to it.\n`);
  return [];
}
