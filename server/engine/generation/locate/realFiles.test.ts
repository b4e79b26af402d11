import assert from 'node:assert/strict';
import { createCaseGenerator, judgeLocated, locateKinds } from '../../../test/locateCases.ts';
import { readRealSources } from '../../../test/realSources.ts';
import { createSeededRandom } from '../../../test/seededRandom.ts';
import { applyEdits } from './applyEdits.ts';

const casesPerKind = 100;

describe('edits of real source files', () => {
  const nextCase = createCaseGenerator(readRealSources(), createSeededRandom(7));
  const cases = Array.from({ length: casesPerKind * locateKinds.length }, nextCase);
  const judged = cases.map((each) => {
    const outcome = applyEdits(each.current, { kind: 'blocks', path: 'a', blocks: [each.block] });
    return { ...each, verdict: judgeLocated(outcome, each) };
  });

  for (const kind of locateKinds) {
    it(`never land in a wrong place or bring back stale text: ${kind}`, () => {
      const bad = judged.filter((each) => each.kind === kind && !/^(?:right|refused)$/.test(each.verdict));
      assert.deepEqual(
        bad.map(({ verdict, block }) => [verdict, block.search]),
        [],
      );
    });
  }

  it('land byte for byte where there is one right place, 95 times of a hundred', () => {
    const placed = judged.filter(({ expected }) => expected !== undefined);
    const right = placed.filter(({ verdict }) => verdict === 'right');
    assert.ok(right.length >= placed.length * 0.95, `${right.length} of ${placed.length}`);
  });

  it('land there in most cases of each kind', () => {
    for (const kind of locateKinds) {
      const placed = judged.filter((each) => each.kind === kind && each.expected !== undefined);
      const right = placed.filter(({ verdict }) => verdict === 'right');
      assert.ok(right.length >= placed.length * 0.8, `${kind}: ${right.length} of ${placed.length}`);
    }
  });
});
