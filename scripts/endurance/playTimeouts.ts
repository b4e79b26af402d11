import { endureTimeouts } from '../../server/test/endurance/timeoutEndurance.ts';
import { writeResult } from './writeResult.ts';

/** Lets commands of the sandbox run into their time-outs. Resolves to whether all held. */
export async function playTimeouts(timeouts: number, seed: number): Promise<boolean> {
  const { began, worstLateMs, faults } = await endureTimeouts({ timeouts, seed });
  const row = `| ${[timeouts, began, worstLateMs.toFixed(0), faults.length].join(' | ')} |`;
  console.log(row);
  for (const fault of faults) console.log(fault);
  writeResult('timeouts', 'Time-outs', [
    'Commands in the sandbox that fork, ignore SIGTERM, leave their session, fork twice, stop themselves, spin or flood their output',
    'are ended at their time-out, four at once, some of them while they are being started. Nothing that bears their mark may be',
    'left, and the tree stays as it was.',
    '',
    '| time-outs | had begun | latest end after the time-out, ms | survivors and other faults |',
    '|---|---|---|---|',
    row,
    ...faults.map((fault) => `- ${fault}`),
  ]);
  return faults.length === 0;
}
