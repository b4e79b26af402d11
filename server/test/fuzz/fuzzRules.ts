import { readdirSync, readFileSync } from 'node:fs';
import { parseRuleDocument } from '../../engine/rules/parseRuleDocument.ts';
import { findUnsoundPlace } from '../findUnsoundPlace.ts';
import { createMutator } from '../mutateRuleFile.ts';
import { createSeededRandom } from '../seededRandom.ts';
import type { Fuzzer } from './fuzzer.ts';

const corpus = new URL('../../../test-fixtures/rules/corpus/', import.meta.url);

/** Damaged public rule files. */
export function createRuleFuzzer(seed: number): Fuzzer {
  const samples = readdirSync(corpus, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.mdc(?:\.md)?$/u.test(file))
    .map((file) => readFileSync(new URL(file, corpus), 'utf8'));
  const mutate = createMutator(samples, createSeededRandom(seed));
  return {
    next() {
      const text = mutate();
      const path = 'packages/web/.cursor/rules/fuzzed.mdc';
      return {
        shown: text,
        size: text.length,
        play: () => findUnsoundPlace(parseRuleDocument(path, text)),
      };
    },
  };
}
