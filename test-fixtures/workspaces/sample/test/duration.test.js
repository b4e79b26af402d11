import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDuration } from '../src/duration.js';

test('reads one unit', () => {
  assert.equal(parseDuration('90s'), 90_000);
});

test('adds several units', () => {
  assert.equal(parseDuration('1h30m'), 5_400_000);
});
