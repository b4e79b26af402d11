import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { findUnsoundPlace } from '../../test/findUnsoundPlace.ts';
import { createMutator } from '../../test/mutateRuleFile.ts';
import { ruleFilePieces } from '../../test/ruleFilePieces.ts';
import { createSeededRandom } from '../../test/seededRandom.ts';
import { parseRuleDocument } from './parseRuleDocument.ts';
import type { RuleDocument } from './rule.ts';

const corpus = new URL('../../../test-fixtures/rules/corpus/', import.meta.url);
const samples = readdirSync(corpus, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.mdc(?:\.md)?$/.test(file))
  .map((file) => readFileSync(new URL(file, corpus), 'utf8'));

function assertSound(document: RuleDocument): void {
  assert.equal(findUnsoundPlace(document), undefined);
}

const piece = fc.constantFrom(...ruleFilePieces);
const grammar = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(''));

describe('parseRuleDocument is total', () => {
  it('for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) =>
        assertSound(parseRuleDocument('a.mdc', text)),
      ),
      { numRuns: 2000 },
    );
  });

  it('for texts made of what rule files are made of', () => {
    const framed = fc
      .tuple(grammar, grammar)
      .map(([header, body]) => `---\n${header}\n---\n<rule>\n${body}\n</rule>\n`);
    fc.assert(
      fc.property(fc.oneof(grammar, framed), (text) =>
        assertSound(parseRuleDocument('sub/.cursor/rules/a.mdc', text)),
      ),
      { numRuns: 5000 },
    );
  });

  it('for public rule files with a few changes', () => {
    const mutate = createMutator(samples, createSeededRandom(1));
    for (let run = 0; run < 1500; run += 1) {
      const text = mutate();
      try {
        assertSound(parseRuleDocument('web/.cursor/rules/a.mdc', text));
      } catch (error) {
        assert.fail(`${String(error)}\n${JSON.stringify(text)}`);
      }
    }
  }).timeout(60_000);

  it('for public rule files cut off anywhere', () => {
    const [text = ''] = samples.toSorted((left, right) => right.length - left.length);
    for (let end = 0; end < text.length; end += 97)
      assertSound(parseRuleDocument('a.mdc', text.slice(0, end)));
  }).timeout(60_000);
});
