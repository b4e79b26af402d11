import { endureSwaps } from '../../server/test/endurance/swapEndurance.ts';
import { writeResult } from './writeResult.ts';

/** Lets another process swap things for links. Resolves to whether all held. */
export async function playSwaps(swaps: number, seed: number): Promise<boolean> {
  const result = await endureSwaps({ swaps, seed });
  const { landings, landed, reads, kept, faults } = result;
  const row = `| ${[result.swaps, landings, landed, reads, kept, faults.length].join(' | ')} |`;
  console.log(row);
  for (const fault of faults) console.log(fault);
  writeResult('swaps', 'Swaps of links', [
    'Another process swaps a folder, a folder in it or a file for a link that leads to the same outside, and back, while edits land',
    'that write, delete and make folders, are undone, and files are read. Nothing outside may change, and nothing of it be read.',
    '',
    '| swaps | landings | landed | reads | refused reads | faults |',
    '|---|---|---|---|---|---|',
    row,
    ...faults.map((fault) => `- ${fault}`),
  ]);
  return faults.length === 0;
}
