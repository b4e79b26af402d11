import type { MutateResult } from '../../engine/engine.ts';
import { createLineMap } from '../../engine/documents/lineMap.ts';
import { applyMutant } from '../../engine/testing/mutation/applyMutant.ts';
import {
  killedShare,
  scoreMutants,
  type Mutant,
  type MutationScore,
  type TestedMutant,
} from '../../protocol/mutants.ts';
import { pathShower, type CommandContext } from '../commandContext.ts';
import type { Paint } from './paint.ts';
import { plainBlock, plainLine } from './plainText.ts';

/** What no test noticed, as it stands in the file and as it was changed, and a last line with the numbers. */
export function renderMutants(
  path: string,
  { end, tested, text }: MutateResult,
  context: CommandContext,
): string {
  const paint = context.paints.stdout;
  const score = scoreMutants(tested);
  const share = killedShare(score);
  if (end.outcome !== 'unchanged' || share === undefined) return `${paint.red(plainLine(end.message))}\n`;
  const shown = plainLine(pathShower(context)(path));
  const alive = tested
    .filter(({ fate }) => fate.kind === 'survived' || fate.kind === 'noCoverage')
    .toSorted((one, two) => one.mutant.start - two.mutant.start);
  const parts = alive.map((each) => renderSurvivor(each, { shown, text, paint }));
  return parts.join('') + renderTotal(score, share, paint);
}

function renderSurvivor(
  { mutant, fate }: TestedMutant,
  { shown, text, paint }: { readonly shown: string; readonly text: string; readonly paint: Paint },
): string {
  const what = fate.kind === 'survived' ? 'not noticed' : 'no test runs it';
  const scope = mutant.scope === '' ? '' : paint.dim(`  in ${plainLine(mutant.scope)}`);
  const { before, after } = changedLines(text, mutant);
  return [
    `${paint.yellow(what)}  ${shown}:${mutant.line + 1}  ${plainLine(mutant.sentence)}${scope}\n`,
    paint.red(plainBlock(before, '     - ')),
    paint.green(plainBlock(after, '     + ')),
  ].join('');
}

/** The lines that the mutant touches, as they are and as it has them. */
function changedLines(text: string, mutant: Mutant): { readonly before: string; readonly after: string } {
  const lines = createLineMap(text);
  const { start } = lines.lineSpan(mutant.line);
  const { end } = lines.lineSpan(lines.positionAt(mutant.end).line);
  const mutated = applyMutant(text, mutant);
  return { before: text.slice(start, end), after: mutated.slice(start, end + mutated.length - text.length) };
}

function renderTotal(score: MutationScore, share: number, paint: Paint): string {
  const { killed, survived, noCoverage, invalid, notRun } = score;
  const judged = killed + survived + noCoverage;
  const others = [
    [noCoverage, 'in lines that no test runs'],
    [invalid, 'did not build'],
    [notRun, 'not tried in time'],
  ] as const;
  const rest = others.flatMap(([count, words]) => (count === 0 ? [] : [`, ${count} ${words}`])).join('');
  const colour = survived + noCoverage > 0 ? paint.yellow : paint.green;
  return `${colour(`${killed} of ${judged} changes noticed (${Math.floor(share * 100)} %)`)}${paint.dim(rest)}\n`;
}
