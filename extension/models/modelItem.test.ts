import assert from 'node:assert/strict';
import { modelItem } from './modelItem.ts';

describe('modelItem', () => {
  for (const [model, description, detail] of [
    [{ id: 'm' }, '', ''],
    [{ id: 'm', label: 'Model M' }, 'Model M', ''],
    [{ id: 'm', contextTokens: 512 }, '', '512 tokens of context'],
    [{ id: 'm', contextTokens: 131_072 }, '', '131K tokens of context'],
    [{ id: 'm', contextTokens: 1_048_576 }, '', '1M tokens of context'],
    [{ id: 'm', price: { input: 3, output: 15 } }, '', '$3 in, $15 out, for a million tokens'],
    [
      { id: 'm', contextTokens: 200_000, price: { input: 0.25, output: 1.5 } },
      '',
      '200K tokens of context · $0.25 in, $1.50 out, for a million tokens',
    ],
  ] as const) {
    it(`shows ${JSON.stringify(model)}`, () =>
      assert.deepEqual(modelItem(model), { label: 'm', id: 'm', description, detail }));
  }
});
