import type { PlantedProject } from './plantedProject.ts';

/** In TypeScript. */
export const plantedVitest: PlantedProject = {
  source: 'src/price.ts',
  target: 'test/price.generated.test.ts',
  fence: 'ts',
  installed: 'vitest',
  files: {
    '.gitignore': 'node_modules\n',
    'package.json': `{ "name": "shop", "type": "module", "devDependencies": { "vitest": "4.1.12" } }\n`,
    'src/price.ts': `export function total(prices: readonly number[]): number {
  let sum = 0;
  for (const price of prices) {
    if (price < 0) throw new RangeError('A price below zero');
    sum += price;
  }
  return sum;
}

export function label(cents: number): string {
  const sign = cents < 0 ? '-' : '';
  return sign + (Math.abs(cents) / 100).toFixed(2);
}
`,
    'test/price.test.ts': `import { expect, it } from 'vitest';
import { total } from '../src/price.ts';

it('adds', () => {
  expect(total([1, 2])).toBe(3);
});
`,
  },
  head: `import { expect, it, vi } from 'vitest';
import { label, total } from '../src/price.ts';

`,
  maxMutants: 4,
  gone: /\bvi\b/u,
  planted: [
    [
      'shows cents',
      undefined,
      /./u,
      "it('shows cents', () => {\n  expect(label(-1234)).toBe('-12.34');\n});",
    ],
    [
      'is vacuous',
      'hygiene',
      /asserts a constant/u,
      "it('is vacuous', () => {\n  label(1);\n  expect(true).toBe(true);\n});",
    ],
    [
      'asks its mock',
      'hygiene',
      /mock/u,
      "it('asks its mock', () => {\n  const label = vi.fn().mockReturnValue('0.01');\n  expect(label(1)).toBe('0.01');\n});",
    ],
    [
      'sleeps',
      'hygiene',
      /waits with/u,
      "it('sleeps', async () => {\n  await new Promise((resolve) => setTimeout(resolve, 5));\n  expect(label(1)).toBe('0.01');\n});",
    ],
    [
      'copies',
      'hygiene',
      /the same as the test "shows cents"/u,
      "it('copies', () => {\n  // Again.\n  expect(label(-1234)).toBe('-12.34');\n});",
    ],
    ['fails', 'passes', /fails: .*0\.01/su, "it('fails', () => {\n  expect(label(1)).toBe('1 cent');\n});"],
    [
      'is not collected',
      'collects',
      /missing is not defined/u,
      "it('is not collected', missing(() => expect(label(1)).toBe('0.01')));",
    ],
    [
      'is flaky',
      'reliable',
      /fails in run 2 of 3/u,
      "it('is flaky', () => {\n  expect(label(process.env['TZ'] === 'America/St_Johns' ? 1 : 700)).toBe('7.00');\n});",
    ],
    [
      'adds nothing',
      'coverage',
      /no line or branch/u,
      "it('adds nothing', () => {\n  expect(total([1, 3])).toBe(4);\n});",
    ],
    [
      'looks away',
      'mutation',
      /it would pass even if/u,
      "it('looks away', () => {\n  expect(() => label(9)).not.toThrow();\n});",
    ],
  ],
};
