import assert from 'node:assert/strict';
import { chooseDemoModel, describeDemoModel, type DemoModel } from './demoModel.ts';

describe('the model of the demo', () => {
  const recorded: DemoModel = { kind: 'recorded' };
  const live = (provider: string, model: string, baseUrl = ''): DemoModel => ({
    kind: 'live',
    provider,
    model,
    baseUrl,
  });
  const cases: readonly (readonly [string, Readonly<Record<string, string>>, DemoModel])[] = [
    ['recorded answers without a key', { PATH: '/bin' }, recorded],
    ['recorded answers with an empty key', { ANTHROPIC_API_KEY: '' }, recorded],
    ['Anthropic with its key', { ANTHROPIC_API_KEY: 'k' }, live('anthropic', 'claude-sonnet-5-5')],
    ['OpenAI with its key', { OPENAI_API_KEY: 'k' }, live('openai', 'gpt-6.1-sol')],
    [
      "what the product's own variables name, before a key",
      {
        OPENAI_API_KEY: 'k',
        CODEGEN_LAB_CONFIG_AI_PROVIDER: 'vllm',
        CODEGEN_LAB_CONFIG_AI_MODEL: 'm',
        CODEGEN_LAB_CONFIG_AI_BASE_URL: 'http://127.0.0.1:1/v1',
      },
      live('vllm', 'm', 'http://127.0.0.1:1/v1'),
    ],
  ];
  for (const [what, environment, expected] of cases) {
    it(`is ${what}`, () => assert.deepEqual(chooseDemoModel(environment), expected));
  }

  it('is named before it is asked, and its key is not', () => {
    const text = describeDemoModel(chooseDemoModel({ ANTHROPIC_API_KEY: 'planted-canary' }));
    assert.match(text, /anthropic\/claude-sonnet-5-5/);
    assert.doesNotMatch(text, /canary/);
  });
});
