import assert from 'node:assert/strict';
import type { FuzzKind } from './fuzzer.ts';
import { playInputs } from './playInputs.ts';

describe('inputs that no honest peer sends', function () {
  this.timeout(120_000);
  // Rule files and globs have tests of their own, beside what reads them.
  for (const { kind, count } of [
    { kind: 'streams', count: 400 },
    { kind: 'frames', count: 500 },
  ] as const satisfies readonly { readonly kind: FuzzKind; readonly count: number }[])
    it(`are taken without a throw or a stall: ${kind}`, async () => {
      const { faults, played } = await playInputs({ kind, seed: 1, count });
      assert.deepEqual(faults, []);
      assert.equal(played, count);
    });

  it('are the same for the same seed, so that a fault can be played again', async () => {
    const { createFrameFuzzer } = await import('./fuzzFrames.ts');
    const draw = (): readonly string[] => {
      const fuzzer = createFrameFuzzer(7);
      return Array.from({ length: 40 }, () => fuzzer.next().shown);
    };
    assert.deepEqual(draw(), draw());
    assert.ok(new Set(draw()).size > 30);
  });
});
