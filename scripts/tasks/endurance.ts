/** Plays what must hold over and over, with the real disk, into docs/endurance.md; names of parts play these alone, see `parts`. */
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    kills: { type: 'string', default: '1000' },
    rounds: { type: 'string', default: '100' },
    // A folder of rule files that people published.
    rules: { type: 'string', default: 'test-fixtures/rules/corpus' },
    seconds: { type: 'string', default: '600' },
    inputs: { type: 'string', default: '1000000' },
  },
  allowPositionals: true,
});
const seed = Number(values.seed);
// Each is loaded when it is played: one of them has to wrap the system's calls before the product is loaded.
const parts: Readonly<Record<string, () => Promise<boolean>>> = {
  saves: async () => (await import('../endurance/playSaves.ts')).playSaves(seed),
  kills: async () => (await import('../endurance/playKills.ts')).playKills(Number(values.kills), seed),
  swaps: async () => (await import('../endurance/playSwaps.ts')).playSwaps(10_000, seed),
  timeouts: async () => (await import('../endurance/playTimeouts.ts')).playTimeouts(500, seed),
  escapes: async () => (await import('../endurance/playEscapes.ts')).playEscapes(),
  secrets: async () => (await import('../endurance/playSecrets.ts')).playSecrets(),
  alarms: async () => (await import('../endurance/playAlarms.ts')).playAlarms(values.rules),
  injections: async () => (await import('../endurance/playInjections.ts')).playInjections(200, seed),
  fuzz: async () => (await import('../endurance/playFuzz.ts')).playFuzz(Number(values.inputs), seed),
  soak: async () => (await import('../endurance/playSoak.ts')).playSoak(Number(values.seconds)),
  journal: async () => (await import('../endurance/playJournal.ts')).playJournal(),
  shared: async () => (await import('../endurance/playShared.ts')).playShared(Number(values.rounds)),
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
