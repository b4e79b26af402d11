/** Compares globs with picomatch, and reads texts as globs to find a throw or a stall (--pairs N; --texts N; --seed N). */
import { parseArgs } from 'node:util';
import { findDifference, findFault } from '../../server/test/checkGlob.ts';
import { createCaseGenerator, createTextGenerator } from '../../server/test/randomGlobs.ts';
import { createSeededRandom } from '../../server/test/seededRandom.ts';

const { values } = parseArgs({
  options: {
    pairs: { type: 'string', default: '100000' },
    texts: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: '1' },
  },
});

const stallMs = 50;
const maxReported = 20;
const seed = Number(values.seed);
const faults: string[] = [];

const nextCase = createCaseGenerator(createSeededRandom(seed));
let pairs = 0;
while (pairs < Number(values.pairs) && faults.length < maxReported) {
  const drawn = nextCase();
  pairs += drawn.paths.length;
  const difference = findDifference(drawn);
  if (difference !== undefined) faults.push(difference);
}
console.log(`${pairs} pairs of glob and path, ${faults.length} differences from picomatch`);

const nextText = createTextGenerator(createSeededRandom(seed));
let texts = 0;
while (texts < Number(values.texts) && faults.length < maxReported) {
  const text = nextText();
  texts += 1;
  const fault = findFault(text, stallMs);
  if (fault !== undefined) faults.push(`${JSON.stringify(text)}: ${fault}`);
}
console.log(`${texts} texts, ${faults.length} faults in all`);

for (const fault of faults) console.log(fault);
if (faults.length > 0) process.exitCode = 1;
