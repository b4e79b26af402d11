import assert from 'node:assert/strict';
import { renderModelsReport } from './renderModelsReport.ts';

describe('a report about models', () => {
  const report = renderModelsReport({
    roles: [
      {
        role: 'tester',
        candidates: ['ollama/a'],
        values: [
          { name: 'use', value: 'ollama/a', source: 'models.yaml' },
          { name: 'timeout', value: '300 s', source: 'default' },
        ],
        skipped: ['openai/x (models.yaml): not set up.'],
      },
    ],
    limits: [{ name: 'usd.run', value: '0.5', source: 'settings' }],
    problems: ['![x](https://evil.example/?d=1)\nnext'],
    tried: [
      { model: 'ollama/a', ok: true, message: 'a answered.', cost: 'unknown', firstTokenMs: 3, ms: 9 },
      { model: 'anthropic/b', ok: false, message: 'No key.', cost: null },
    ],
  });

  it('shows each value with where it comes from', () => {
    assert.match(report, /\| \*\*tester\*\* \| use \| ollama\/a \| models\.yaml \|/);
    assert.match(report, /\| {2}\| timeout \| 300 s \| default \|/);
    assert.match(report, /\| usd\.run \| 0\.5 \| settings \|/);
    assert.match(report, /- openai\/x \(models\.yaml\): not set up\./);
  });

  it('shows what each answered and cost', () => {
    assert.match(report, /\| ollama\/a \| ✓ a answered\. \| 3 ms \| 9 ms \| unknown \|/);
    assert.match(report, /\| anthropic\/b \| ✗ No key\. \| {2}\| {2}\| nothing \|/);
  });

  it('loads nothing', () => assert.doesNotMatch(report, /(^|[^\\])!\[|[^\\]\]\(/));
});
