import type { SearchReplace } from '../engine/generation/formats/parsedAnswer.ts';
import type { Applied, Refused } from '../engine/generation/locate/applied.ts';
import { applyEdits } from '../engine/generation/locate/applyEdits.ts';

export function applyBlocks(
  current: string | undefined,
  ...blocks: readonly (readonly [string, string])[]
): Applied | Refused {
  const list = blocks.map(([search, replace]): SearchReplace => ({ search, replace }));
  return applyEdits(current, { kind: 'blocks', path: 'a', blocks: list });
}

export function applyWhole(current: string | undefined, text: string): Applied | Refused {
  return applyEdits(current, { kind: 'whole', path: 'a', text });
}

export function textOf(outcome: Applied | Refused): string {
  return outcome.kind === 'applied' ? outcome.text : `refused: ${outcome.reason}`;
}
