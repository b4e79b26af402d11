import type { PlantedProject } from './plantedProject.ts';

export const plantedNode: PlantedProject = {
  source: 'src/price.js',
  target: 'test/price.generated.test.js',
  fence: 'js',
  files: {
    'package.json': '{ "name": "shop", "type": "module" }\n',
    'src/price.js': `export function total(prices, rate = 0) {
  let sum = 0;
  for (const price of prices) {
    if (price < 0) throw new RangeError('A price below zero');
    sum += price;
  }
  return sum * (1 + rate);
}

export function label(cents) {
  const sign = cents < 0 ? '-' : '';
  return sign + (Math.abs(cents) / 100).toFixed(2);
}
`,
    'test/price.test.js': `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { total } from '../src/price.js';

test('adds', () => {
  assert.equal(total([1, 2]), 3);
});
`,
  },
  head: `import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { label, total } from '../src/price.js';
`,
  maxMutants: 40,
  gone: /timers\/promises|node:fs/u,
  planted: [
    [
      'shows cents',
      undefined,
      /./u,
      "test('shows cents', () => {\n  assert.equal(label(1234), '12.34');\n});",
    ],
    [
      'refuses',
      undefined,
      /./u,
      "test('refuses', () => {\n  assert.throws(() => total([-1]), RangeError);\n});",
    ],
    [
      'adds the rate',
      undefined,
      /./u,
      "test('adds the rate', () => {\n  assert.equal(total([2], 0.5), 3);\n});",
    ],
    [
      'is vacuous',
      'hygiene',
      /asserts a constant/u,
      "test('is vacuous', () => {\n  label(1);\n  assert.ok(true);\n});",
    ],
    [
      'sleeps',
      'hygiene',
      /waits with/u,
      "test('sleeps', async () => {\n  await delay(5);\n  assert.equal(label(1), '0.01');\n});",
    ],
    [
      'asks the network',
      'hygiene',
      /network/u,
      "test('asks the network', async () => {\n  await assert.rejects(fetch('http://localhost:9/'));\n  assert.equal(label(2), '0.02');\n});",
    ],
    [
      'looks at the clock',
      'hygiene',
      /clock/u,
      "test('looks at the clock', () => {\n  assert.ok(total([Date.now()]) > 0);\n});",
    ],
    [
      'copies',
      'hygiene',
      /the same as the test "shows cents"/u,
      "test('copies', () => {\n  // The same again.\n  assert.equal(label(1234), '12.34');\n});",
    ],
    [
      'copies the old one',
      'hygiene',
      /the same as the test "adds of test\/price\.test\.js"/u,
      "test('copies the old one', () => {\n  assert.equal(total([1, 2]), 3);\n});",
    ],
    [
      'writes',
      'hygiene',
      /writes test\/left\.txt/u,
      "test('writes', () => {\n  const path = new URL('left.txt', import.meta.url);\n  writeFileSync(path, 'x');\n  assert.equal(label(-350), '-3.50');\n});",
    ],
    [
      'fails',
      'passes',
      /fails: .*0\.01/su,
      "test('fails', () => {\n  assert.equal(label(1), '1 cent');\n});",
    ],
    [
      'is not collected',
      'collects',
      /missing is not defined/u,
      "test('is not collected', missing(() => assert.equal(label(1), '0.01')));",
    ],
    [
      'comes first',
      undefined,
      /./u,
      "let shown;\n\ntest('comes first', () => {\n  shown = label(-5);\n  assert.equal(shown, '-0.05');\n});",
    ],
    [
      'needs the first',
      'reliable',
      /passes with the rest, and fails/u,
      "test('needs the first', () => {\n  assert.equal(shown, '-0.05');\n  assert.equal(label(-5).length, 5);\n});",
    ],
    [
      'is flaky',
      'reliable',
      /passes with the rest, and fails in run 2 of 3/u,
      "test('is flaky', () => {\n  assert.equal(label(process.env.TZ === 'America/St_Johns' ? 1 : 700), '7.00');\n});",
    ],
    [
      'adds nothing',
      'coverage',
      /no line or branch/u,
      "test('adds nothing', () => {\n  assert.equal(total([1, 3]), 4);\n});",
    ],
    [
      'looks away',
      'mutation',
      /it would pass even if/u,
      "test('looks away', () => {\n  assert.doesNotThrow(() => label(9));\n});",
    ],
  ],
};
