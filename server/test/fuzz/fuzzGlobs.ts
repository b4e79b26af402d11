import { findDifference, findFault } from '../checkGlob.ts';
import { createCaseGenerator, createTextGenerator } from '../randomGlobs.ts';
import { createSeededRandom } from '../seededRandom.ts';
import type { Fuzzer } from './fuzzer.ts';

/** Of so many inputs one is a good glob, which is compared with picomatch. */
const inputsPerGood = 20;

/** Texts that are mostly no good globs. */
export function createGlobFuzzer(seed: number): Fuzzer {
  const nextText = createTextGenerator(createSeededRandom(seed));
  const nextCase = createCaseGenerator(createSeededRandom(seed));
  let drawn = 0;
  return {
    next() {
      drawn += 1;
      if (drawn % inputsPerGood === 0) {
        const good = nextCase();
        return { shown: good.glob, size: good.glob.length, play: () => findDifference(good) };
      }
      const text = nextText();
      // How long it takes is measured by who plays it.
      return { shown: text, size: text.length, play: () => findFault(text, Infinity) };
    },
  };
}
