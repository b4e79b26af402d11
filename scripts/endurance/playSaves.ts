import {
  endureSaves,
  type SavePlan,
  type SaveResult,
  type Spread,
} from '../../server/test/endurance/saveEndurance.ts';
import { writeResult } from './writeResult.ts';

const plans = (seed: number): readonly SavePlan[] => [
  { files: 1_000, rules: 1_000, saves: 10_000, matching: 'some', seed },
  { files: 20, rules: 1_000, saves: 200, matching: 'all', seed },
];

const aimMs = 5;

/** Saves many files over and over. Resolves to whether all held. */
export async function playSaves(seed: number): Promise<boolean> {
  const rows: string[] = [];
  const faults: string[] = [];
  for (const plan of plans(seed)) {
    const result = await endureSaves(plan);
    rows.push(renderRow(plan, result));
    faults.push(...result.faults);
    console.log(rows.at(-1));
    for (const fault of result.faults) console.log(fault);
  }
  writeResult('saves', 'Saves', [
    'Each rule and each of its files: a run began with the last content, once, and none began twice with one content.',
    `From the event to the decision the aim is ${aimMs} ms of our own time (that of the processor in the thread that decides,`,
    'runs that go on beside included) for 95 of 100 saves where about ten rules are about a file. Where a thousand are, each',
    'save begins a thousand firings, which are kept on the disk one by one.',
    '',
    '| rules | rules of a file | files | saves | runs | lost or doubled | own time p50, p95, worst, ms | wall clock p50, p95, worst, ms | longest hold of the event loop, ms |',
    '|---|---|---|---|---|---|---|---|---|',
    ...rows,
    ...faults.map((fault) => `- ${fault}`),
  ]);
  return faults.length === 0;
}

function renderRow({ rules, files, matching }: SavePlan, result: SaveResult): string {
  const { saves, runs, faults, own, wall, longestBlock } = result;
  const concerned = matching === 'all' ? rules : Math.round(rules / 100);
  const cells = [
    rules,
    concerned,
    files,
    saves,
    runs,
    faults.length,
    times(own),
    times(wall),
    longestBlock.toFixed(0),
  ];
  return `| ${cells.join(' | ')} |`;
}

function times({ p50, p95, worst }: Spread): string {
  return [p50, p95, worst].map((ms) => ms.toFixed(1)).join(', ');
}
