import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { BenchRow } from '../benchRow.ts';
import { createWorkspace } from '../inputs/createWorkspace.ts';
import { type HostPlace, type HostRound, prepareHost, runHostRound } from '../measure/hostRound.ts';
import { againstLimit, besidePeer } from '../measure/results.ts';
import type { ExtensionTimes } from '../peers/hostProbe.ts';

const activationLimitMs = 20;
const blockLimitMs = 100;

/** What the extension costs the real editor's extension host, beside an extension that does nothing. */
export const activation: BenchRow = {
  names: ['activation', 'host-block'],
  async run({ root, scratch, size, bundles }) {
    const folder = join(scratch, 'host');
    mkdirSync(folder);
    const { root: workspace } = createWorkspace(join(scratch, 'host-workspace'), { files: 200, rules: 100 });
    const place: HostPlace = { root, folder, dist: await bundles(), workspace };
    await prepareHost(place);
    const rounds: HostRound[] = [];
    const count = size === 'full' ? 8 : 1;
    for (let round = 0; round < count; round += 1) rounds.push(await runHostRound(place, round % 2 === 0));
    return [judgeActivation(rounds), ...judgeBlocks(rounds)];
  },
};

function judgeActivation(rounds: readonly HostRound[]) {
  const later = rounds.map(({ ours, empty }) => total(ours) - total(empty));
  return againstLimit(
    {
      name: 'activation',
      what: 'activate() returns later than that of an empty extension, the loading of main included',
      beside: `${activationLimitMs} ms`,
    },
    later,
    activationLimitMs,
  );
}

function total({ loadMs, activateMs }: ExtensionTimes): number {
  return loadMs + activateMs;
}

function judgeBlocks(rounds: readonly HostRound[]) {
  const what = 'the longest block of the extension host until the first diagnostic';
  const blocks = rounds.map(({ ours, empty }) => ({
    ours: ours.longestBlockMs,
    beside: empty.longestBlockMs,
  }));
  const ours = blocks.map((pair) => pair.ours);
  return [
    againstLimit({ name: 'host-block', what, beside: `${blockLimitMs} ms` }, ours, blockLimitMs),
    besidePeer(
      { name: 'host-block/empty', what, beside: 'the longest block while an empty extension starts' },
      blocks,
      undefined,
    ),
  ];
}
