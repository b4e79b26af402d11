/** Plays what must hold over and over, with the real disk, into docs/endurance.md (saves, kills; --seed N; --kills N). */
import { parseArgs } from 'node:util';
import { playKills } from '../endurance/playKills.ts';
import { playSaves } from '../endurance/playSaves.ts';

const { values, positionals } = parseArgs({
  options: { seed: { type: 'string', default: '1' }, kills: { type: 'string', default: '1000' } },
  allowPositionals: true,
});
const seed = Number(values.seed);
const parts: Readonly<Record<string, () => Promise<boolean>>> = {
  saves: () => playSaves(seed),
  kills: () => playKills(Number(values.kills), seed),
};

const unknown = positionals.filter((name) => !(name in parts));
if (unknown.length > 0) {
  console.error(`There is no part ${unknown.join(', ')}. The parts are ${Object.keys(parts).join(', ')}.`);
  process.exit(2);
}
const wanted = positionals.length > 0 ? positionals : Object.keys(parts);
let hold = true;
for (const name of wanted) hold = (await parts[name]?.()) === true && hold;
process.exit(hold ? 0 : 1);
