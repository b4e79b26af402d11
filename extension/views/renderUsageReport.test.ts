import assert from 'node:assert/strict';
import type { UsageReport, UsageRow } from '../../server/protocol/usageReport.ts';
import { renderUsageReport } from './renderUsageReport.ts';

const row: UsageRow = {
  name: '![x](https://evil.example)',
  calls: 2,
  failed: 1,
  input: 100,
  output: 10,
  cacheRead: 5,
  cacheWrite: 0,
  estimated: true,
  usd: 0.5,
  unknownPrice: true,
};
const times = { p50: 1, p90: 2, p99: 3 };
const report: UsageReport = {
  runs: 4,
  total: row,
  by: { rule: [row], role: [row], model: [row], day: [row] },
  latency: [{ role: 'tester', provider: 'ollama', answers: 2, firstToken: times, total: times }],
  target: { firstTokenMs: 900, totalMs: 0 },
};

describe('a report about usage', () => {
  it('says what is estimated and not known, and the target', () => {
    const text = renderUsageReport(report);
    assert.match(text, /\| 2 \| 1 \| ~105 \| ~10 \| \$0\.5000 and an unknown part \|/);
    assert.match(text, /\| tester \| ollama \| 2 \| 1, 2, 3 ms \| 1, 2, 3 ms \|/);
    assert.match(text, /Your targets: first token 900 ms\./);
  });

  it('loads nothing', () => assert.doesNotMatch(renderUsageReport(report), /(^|[^\\])!\[/));

  it('says when nobody was asked', () => {
    const none = { ...report, total: { ...row, calls: 0 } };
    assert.equal(renderUsageReport(none), 'No model was asked in the last 4 runs.');
  });
});
