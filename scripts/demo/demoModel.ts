/** Who answers in the demo. */
export type DemoModel =
  | { readonly kind: 'recorded' }
  | {
      readonly kind: 'live';
      readonly provider: string;
      readonly model: string;
      /** Empty: the provider's own address. */
      readonly baseUrl: string;
    };

/** Which model is asked when only a key is there. */
const modelsByKey = [
  { key: 'ANTHROPIC_API_KEY', provider: 'anthropic', model: 'claude-sonnet-5-5' },
  { key: 'OPENAI_API_KEY', provider: 'openai', model: 'gpt-6.1-sol' },
] as const;

/**
 * The model that the environment names: by the product's own variables (`CODEGEN_LAB_CONFIG_AI_PROVIDER`, `_MODEL` and
 * `_BASE_URL`), else by a key. Without either, recorded answers.
 */
export function chooseDemoModel(environment: Readonly<Record<string, string | undefined>>): DemoModel {
  const provider = environment['CODEGEN_LAB_CONFIG_AI_PROVIDER'];
  const model = environment['CODEGEN_LAB_CONFIG_AI_MODEL'];
  if (provider && model)
    return { kind: 'live', provider, model, baseUrl: environment['CODEGEN_LAB_CONFIG_AI_BASE_URL'] ?? '' };
  const byKey = modelsByKey.find(({ key }) => environment[key]);
  if (!byKey) return { kind: 'recorded' };
  return { kind: 'live', provider: byKey.provider, model: byKey.model, baseUrl: '' };
}

/** The first thing that the demo says. */
export function describeDemoModel(model: DemoModel): string {
  if (model.kind === 'recorded')
    return 'The answers are recorded ones of a real model. With ANTHROPIC_API_KEY or OPENAI_API_KEY set, it is asked anew.';
  const where = model.baseUrl ? ` at ${model.baseUrl}` : '';
  return `Asking the real model ${model.provider}/${model.model}${where}. This costs some cents at most; --recorded uses recorded answers.`;
}
