import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import type { Mutant, MutationOperator } from '../../../protocol/mutants.ts';
import { sampleMutants } from './sampleMutants.ts';

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
const operators: readonly MutationOperator[] = ['arithmetic', 'boolean', 'literal'];

describe('sampleMutants', () => {
  const draw = fc.record({
    mutants: fc
      .uniqueArray(
        fc.record({
          id: fc.uuid(),
          scope: fc.constantFrom('', 'f', 'g', 'C.h'),
          operator: fc.constantFrom(...operators),
        }),
        { selector: ({ id }) => id, maxLength: 60 },
      )
      .map((all) => all.map(mutantOf)),
    seed: fc.nat(1_000),
    perFunction: fc.integer({ min: 1, max: 20 }),
    max: fc.integer({ min: 0, max: 40 }),
  });

  it('draws each at most once, within both bounds, as many as they allow', () => {
    fc.assert(
      fc.property(draw, ({ mutants, ...bounds }) => {
        const drawn = sampleMutants(mutants, bounds, digest);
        assert.equal(new Set(drawn).size, drawn.length);
        const perScope = countBy(drawn, ({ scope }) => scope);
        assert.ok(Math.max(0, ...perScope.values()) <= bounds.perFunction);
        const all = [...countBy(mutants, ({ scope }) => scope).values()];
        const possible = all.reduce((sum, count) => sum + Math.min(count, bounds.perFunction), 0);
        assert.equal(drawn.length, Math.min(possible, bounds.max));
      }),
    );
  });

  it('spreads the first ones over functions, and in a function over operators', () => {
    fc.assert(
      fc.property(draw, ({ mutants, seed }) => {
        const drawn = sampleMutants(mutants, { seed, perFunction: 100, max: 1_000 }, digest);
        const scopes = countBy(mutants, ({ scope }) => scope);
        assert.equal(new Set(drawn.slice(0, scopes.size).map(({ scope }) => scope)).size, scopes.size);
        for (const scope of scopes.keys()) {
          const own = drawn.filter((mutant) => mutant.scope === scope);
          const kinds = new Set(own.map(({ operator }) => operator)).size;
          assert.equal(new Set(own.slice(0, kinds).map(({ operator }) => operator)).size, kinds);
        }
      }),
    );
  });

  it('draws the same with the same seed, in whatever order they come, and others with another', () => {
    const mutants = Array.from({ length: 50 }, (_, at) =>
      mutantOf({ id: `m${at}`, scope: 'f', operator: 'literal' }),
    );
    const ids = (seed: number, from = mutants): readonly string[] =>
      sampleMutants(from, { seed, perFunction: 10, max: 10 }, digest).map(({ id }) => id);
    assert.deepEqual(ids(1), ids(1, mutants.toReversed()));
    assert.notDeepEqual(ids(1), ids(2));
  });
});

function mutantOf(known: Pick<Mutant, 'id' | 'scope' | 'operator'>): Mutant {
  return {
    ...known,
    ...{ path: 'a.py', start: 0, end: 1, original: '1', replacement: '2', line: 0, statementLine: 0 },
    ...{ atLoad: false, sentence: '' },
  };
}

function countBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  return counts;
}
