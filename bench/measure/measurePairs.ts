/** Measures once and returns the figure: milliseconds, bytes, anything that can be divided. */
export type Sampler = () => number | Promise<number>;

export interface Pair {
  readonly ours: number;
  readonly beside: number;
}

export interface PairOptions {
  readonly ours: Sampler;
  readonly beside: Sampler;
  readonly rounds: number;
  /** Rounds that are thrown away first; 1 by default. */
  readonly warmups?: number;
}

/**
 * Measures in turn: A B A B. What slows the machine down for a while then slows both, and the ratio of a pair stays.
 */
export async function measurePairs({
  ours,
  beside,
  rounds,
  warmups = 1,
}: PairOptions): Promise<readonly Pair[]> {
  const pairs: Pair[] = [];
  for (let round = -warmups; round < rounds; round += 1) {
    const pair = { ours: await ours(), beside: await beside() };
    if (round >= 0) pairs.push(pair);
  }
  return pairs;
}

/** The figures of one sampler, where there is a limit and no peer; the first one is thrown away. */
export async function repeat(sampler: Sampler, rounds: number): Promise<readonly number[]> {
  await sampler();
  const figures: number[] = [];
  for (let round = 0; round < rounds; round += 1) figures.push(await sampler());
  return figures;
}
