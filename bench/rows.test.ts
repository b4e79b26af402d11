import assert from 'node:assert/strict';
import { dirname } from 'node:path';
import { type BenchResult, type BenchRow, NotMeasurable } from './benchRow.ts';
import { againstLimit, besidePeer } from './measure/results.ts';
import { measurePairs } from './measure/measurePairs.ts';
import { median, percentile } from './measure/statistics.ts';
import { renderRatio, renderResult } from './renderResults.ts';
import { benchRows, isSelected, selectRows } from './rows.ts';
import { runRows } from './runRows.ts';

const root = dirname(import.meta.dirname);
const texts = { name: 'name', what: 'ours', beside: 'theirs' };

function assertWellFormed(result: BenchResult): void {
  const { ratio, spread, goal, met } = result;
  assert.match(goal, /^(?:none|<= [\d.]+)$/);
  if (ratio === null || spread === null) return;
  assert.ok(Number.isFinite(ratio) && ratio > 0, `${result.name}: ${ratio}`);
  assert.ok(spread[0] <= ratio && ratio <= spread[1], `${result.name}: ${spread.join('..')}`);
  assert.equal(met, goal === 'none' ? null : ratio <= Number(goal.slice(3)));
}

describe('the rows of the benchmark', function () {
  this.timeout(60_000);

  it('run in a tiny size and say what they measured', async () => {
    // One needs a real editor, which not every machine with these tests has.
    const rows = benchRows.filter((row) => !row.names.includes('activation'));
    const results = await runRows({ root, rows, size: 'tiny' });
    for (const result of results) assertWellFormed(result);
    const families = results.map(({ name }) => name.split('/')[0] ?? '');
    assert.deepEqual(
      [...new Set(families)],
      rows.flatMap((row) => row.names),
    );
  });

  it('no two have the same name', () => {
    const names = benchRows.flatMap((row) => row.names);
    assert.equal(new Set(names).size, names.length);
  });

  it('are chosen by their name or by that of one result', () => {
    assert.deepEqual(selectRows([]), benchRows);
    assert.deepEqual(
      selectRows(['memory', 'glob-match/growth']).map((row) => row.names[0]),
      ['memory', 'glob-match'],
    );
    assert.throws(() => selectRows(['memmory']), /There is no row memmory; there are .*memory/);
    assert.deepEqual(
      ['memory', 'memory/empty'].filter((name) => isSelected(name, ['memory/empty'])),
      ['memory/empty'],
    );
  });

  it('that lack something on this machine stand there unmeasured and count neither way', async () => {
    const row: BenchRow = {
      names: ['far', 'away'],
      run: () => Promise.reject(new NotMeasurable('there is no editor here')),
    };
    const results = await runRows({ root, rows: [row] });
    assert.deepEqual(
      results.map(({ name, beside, ratio, met }) => ({ name, beside, ratio, met })),
      ['far', 'away'].map((name) => ({ name, beside: 'there is no editor here', ratio: null, met: null })),
    );
  });

  it('that are broken end the run', async () => {
    const row: BenchRow = { names: ['broken'], run: () => Promise.reject(new Error('broken')) };
    await assert.rejects(runRows({ root, rows: [row] }), /broken/);
  });
});

describe('measuring', () => {
  it('takes ours and the peer in turn and throws the warm-up away', async () => {
    const order: string[] = [];
    const take = (who: string) => () => order.push(who);
    const pairs = await measurePairs({ ours: take('A'), beside: take('B'), rounds: 2, warmups: 1 });
    assert.equal(order.join(''), 'ABABAB');
    assert.deepEqual(pairs, [
      { ours: 3, beside: 4 },
      { ours: 5, beside: 6 },
    ]);
  });

  it('takes the median of the ratios, not the ratio of the medians', () => {
    const pairs = [
      { ours: 1, beside: 1 },
      { ours: 20, beside: 10 },
      { ours: 300, beside: 100 },
    ];
    const { ratio, spread, met } = besidePeer(texts, pairs, 1.5);
    assert.deepEqual({ ratio, spread, met }, { ratio: 2, spread: [1, 3], met: false });
  });

  it('holds figures against a limit', () => {
    const { ratio, goal, met } = againstLimit(texts, [4, 6, 5], 5);
    assert.deepEqual({ ratio, goal, met }, { ratio: 1, goal: '<= 1', met: true });
  });

  it('gives percentiles that are among the figures', () => {
    assert.equal(median([3, 1, 2]), 2);
    assert.equal(percentile([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 90), 9);
    assert.equal(percentile([7], 10), 7);
  });
});

describe('the table', () => {
  it('shows three digits that say something', () => {
    assert.deepEqual([0.5, 12.345, 1234.5, 0.00034].map(renderRatio), ['0.500', '12.3', '1235', '3.4e-4']);
  });

  it('says MISSED where a goal is missed', () => {
    const line = renderResult(besidePeer(texts, [{ ours: 2, beside: 1 }], 1.5));
    assert.match(line, /^name +2\.00 2\.00\.\.2\.00 +<= 1\.5 +MISSED +ours \/ theirs$/);
  });
});
