import type { MutateResult } from '../../engine/engine.ts';
import { killedShare, scoreMutants, type TestedMutant } from '../../protocol/mutants.ts';
import { survivorFindings } from '../../engine/testing/mutation/survivorFindings.ts';
import type { CommandContext } from '../commandContext.ts';
import { exitCodeOfRun, exitCodes, type ExitCode } from '../exitCodes.ts';
import type { MutateInvocation } from '../invocation.ts';
import { renderJson } from '../render/renderJson.ts';
import { renderMutants } from '../render/renderMutants.ts';
import { renderReport } from '../render/renderReport.ts';

const defaultMax = 100;
const defaultPerFunction = 20;

/** `codegen-lab mutate`: which small wrong changes of a file its tests do not notice. */
export async function mutate(
  { format, lines, max, seed }: MutateInvocation,
  [path = '', ...tests]: readonly string[],
  context: CommandContext,
  signal: AbortSignal,
): Promise<ExitCode> {
  const { engine, root, output, settings } = context;
  await engine.openFolder(root, signal);
  if (signal.aborted) return exitCodes.cancelled;
  const result = await engine.mutate(
    {
      root,
      path,
      tests,
      seed,
      lines: lines && Array.from({ length: lines[1] - lines[0] + 1 }, (_, at) => lines[0] + at),
      maxMutants: max ?? defaultMax,
      maxPerFunction: max ?? defaultPerFunction,
      maxSeconds: settings.limits.secondsPerRun,
    },
    signal,
  );
  function rendered(): string {
    if (format === 'json') return renderJson(toDocument(path, seed, result));
    if (format === 'human') return renderMutants(path, result, context);
    if (result.end.outcome !== 'unchanged') output.stderr(`${result.end.message}\n`);
    return renderReport(format, survivorFindings(path, result.text, result.tested), context);
  }
  output.stdout(rendered());
  if (result.end.outcome !== 'unchanged') return exitCodeOfRun(result.end);
  const { survived, noCoverage } = scoreMutants(result.tested);
  return survived + noCoverage > 0 ? exitCodes.findings : exitCodes.good;
}

function toDocument(path: string, seed: number, { run, end, tested }: MutateResult): unknown {
  const score = scoreMutants(tested);
  return {
    run,
    ...end,
    path,
    seed,
    score,
    share: killedShare(score) ?? null,
    mutants: tested.map(toMutant),
  };
}

function toMutant({ mutant, fate }: TestedMutant): unknown {
  const { id, operator, start, end, original, replacement, line, scope, sentence } = mutant;
  return {
    id,
    operator,
    line: line + 1,
    start,
    end,
    original,
    replacement,
    function: scope,
    sentence,
    fate: fate.kind,
    killedBy: fate.kind === 'killed' ? fate.by : [],
    reason: fate.kind === 'invalid' ? fate.reason : null,
  };
}
