import type { Mutant } from '../../../protocol/mutants.ts';
import type { Digest } from '../../ports/digest.ts';

export interface SampleBounds {
  /** Draws other ones. */
  readonly seed: number;
  /** At most so many of one function. */
  readonly perFunction: number;
  readonly max: number;
}

/**
 * Mutants in the order in which they are worth trying: by turns of each function, and in a function by turns of each
 * operator, so that the first ones are spread over the text. The same seed draws the same ones, wherever the code stands.
 */
export function sampleMutants(
  mutants: readonly Mutant[],
  { seed, perFunction, max }: SampleBounds,
  digest: Digest,
): readonly Mutant[] {
  const drawn = mutants
    .map((mutant) => ({ mutant, draw: digest(`${seed}\n${mutant.id}`) }))
    .toSorted((one, two) => (one.draw < two.draw ? -1 : 1))
    .map(({ mutant }) => mutant);
  const functions = groupBy(drawn, ({ scope }) => scope).map((group) =>
    takeTurns(groupBy(group, ({ operator }) => operator)).slice(0, perFunction),
  );
  return takeTurns(functions).slice(0, max);
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): readonly (readonly Item[])[] {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return [...groups.values()];
}

/** The first of each, then the second of each, and so on. */
function takeTurns<Item>(groups: readonly (readonly Item[])[]): readonly Item[] {
  const longest = Math.max(0, ...groups.map(({ length }) => length));
  return Array.from({ length: longest }, (_, turn) =>
    groups.flatMap((group) => group.slice(turn, turn + 1)),
  ).flat();
}
