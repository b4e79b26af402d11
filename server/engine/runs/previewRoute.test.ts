import assert from 'node:assert/strict';
import { parseModelsFile, readModelSettings } from '../routing/modelsFile/parseModelsFile.ts';
import type { Action, Rule } from '../rules/rule.ts';
import { defaultSettings } from '../settings.ts';
import { previewRoute } from './previewRoute.ts';

const prompt = { system: 'x'.repeat(1000), messages: [{ role: 'user', text: 'y'.repeat(1000) }] } as const;

function preview({
  use = [] as readonly string[],
  team = '',
  model = undefined as string | undefined,
} = {}): string {
  const ai = { enabled: true, provider: 'anthropic', model: 'claude-opus-5-5' } as const;
  const user = readModelSettings({ roles: { tester: { use } }, calls: {}, limits: {} }).choices;
  return previewRoute({
    routing: {
      sources: { ai, providers: [], user, team: parseModelsFile(team).choices },
      obstacle: undefined,
      file: undefined,
      settingProblems: [],
    },
    rule: { budget: {}, model } as Rule,
    action: { type: 'generate_tests', model: undefined } as Action,
    settings: { ...defaultSettings, ai },
    prompt,
  });
}

describe('who would be asked with a prompt', () => {
  for (const [name, given, expected] of [
    [
      'says tokens and what one try costs at most',
      {},
      // 2,032 tokens at $5 and 8,000 at $20 a million.
      /\| anthropic\/claude-opus-5-5 \| about 572, at most 2032 \| at most 8000 \| at most \$0\.17 \|/,
    ],
    [
      'says each candidate',
      { use: ['ollama/a', 'anthropic/claude-opus-5-5'] },
      /\| ollama\/a .* unknown price \|\n\| anthropic/,
    ],
    [
      'says who asks and from where',
      { use: ['ollama/a'] },
      /As `tester`, by `fallback` \(models from settings\)/,
    ],
    [
      'says what the budget does not allow',
      { team: 'limits: { usd: { call: 0.05 } }' },
      /at most \$0\.17; more than \$0\.0500, so it would not be asked/,
    ],
    [
      'says too many tokens',
      { team: 'limits: { tokens: { call: 9000 } }' },
      /more tokens than the budget has/,
    ],
    [
      'says who is passed over',
      { team: 'roles: { tester: { use: openai/x } }' },
      /openai\/x is passed over\. The provider openai/,
    ],
    ['says why nobody is asked', { model: 'openai/x' }, /Nobody\. openai\/x cannot be asked/],
  ] as const)
    it(name, () => assert.match(preview(given), expected));
});
