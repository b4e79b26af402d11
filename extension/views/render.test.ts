import assert from 'node:assert/strict';
import { escapeMarkdown, renderCost, renderDuration, renderTests, renderTokens } from './render.ts';

describe('rendered figures', () => {
  for (const [shown, expected] of [
    [renderCost(0, false), ''],
    [renderCost(0.0004, false), '$0.0004'],
    [renderCost(1.5, false), '$1.50'],
    [renderTokens(999), '999'],
    [renderTokens(1000), '1k'],
    [renderTokens(12_540), '12.5k'],
    [renderTokens(999_500), '1M'],
    [renderDuration(-1), '0 ms'],
    [renderDuration(999), '999 ms'],
    [renderDuration(1500), '1.5 s'],
    [renderDuration(60_000), '1 min 0 s'],
    [renderDuration(59_960), '1 min 0 s'],
    [renderTests(undefined), ''],
    [renderTests({ passed: 1, failed: 2, skipped: 3 }), '1 passed, 2 failed, 3 skipped'],
  ] as const) {
    it(`are short: ${expected || 'nothing'}`, () => assert.equal(shown, expected));
  }
});

describe('escapeMarkdown', () => {
  for (const [text, expected] of [
    ['[x](command:evil)', '\\[x\\]\\(command:evil\\)'],
    ['<img src=x> $(zap) `a`', '\\<img src=x\\> \\$\\(zap\\) \\`a\\`'],
    ['two\n\n# lines', 'two \\# lines'],
  ] as const) {
    it(`keeps ${JSON.stringify(text)} text`, () => assert.equal(escapeMarkdown(text), expected));
  }
});
