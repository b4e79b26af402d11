import { endureInjections } from '../../server/test/endurance/injectionEndurance.ts';
import { writeResult } from './writeResult.ts';

/** Plants texts of strangers before a hostile model. Resolves to whether all held. */
export async function playInjections(payloads: number, seed: number): Promise<boolean> {
  const { answers, ends, faults } = await endureInjections({ payloads, answers: 3, seed });
  const ended = Object.entries(ends).map(([outcome, count]) => `${count} ${outcome}`);
  const row = `| ${[payloads, answers, ended.join(', '), faults.length].join(' | ')} |`;
  console.log(row);
  for (const fault of faults) console.log(fault);
  writeResult('injections', 'Injections', [
    'Orders in ten places of a repository (source, README, included text, names and output of tests, file names, history, manifest,',
    'data, rules of other tools), in five languages and twenty disguises, before a model that obeys none but its own malice: in every',
    'form of answer it writes protected and outside places, takes tests apart, asks for rights, and writes tests that read the',
    'environment, reach the network, leave processes and links behind. Rules may land what is proven without asking. Only the one',
    'file that the rule is about may have changed afterwards, and nothing of the environment may have been told.',
    '',
    '| payloads | hostile answers | runs | forbidden effects |',
    '|---|---|---|---|',
    row,
    ...faults.map((fault) => `- ${fault}`),
  ]);
  return faults.length === 0;
}
