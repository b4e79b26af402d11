import * as vscode from 'vscode';

export interface ProviderOffer {
  /** As `codegenLab.ai.provider` holds it. */
  readonly id: string;
  readonly label: string;
  readonly description: string;
  /** Where its server stands is asked: it has no address of its own. */
  readonly asksBaseUrl?: boolean;
  /** Offered when a model is asked for; empty where no name can be expected. */
  readonly model: string;
}

/** Providers that can have a key. */
export const providers: readonly ProviderOffer[] = [
  { id: 'anthropic', label: 'Anthropic', description: 'Claude', model: 'claude-sonnet-5-5' },
  { id: 'openai', label: 'OpenAI', description: 'GPT', model: 'gpt-5' },
  { id: 'google', label: 'Google', description: 'Gemini', model: '' },
  { id: 'openrouter', label: 'OpenRouter', description: 'many models behind one key', model: '' },
  { id: 'groq', label: 'Groq', description: 'fast open models', model: '' },
  { id: 'deepseek', label: 'DeepSeek', description: '', model: '' },
  { id: 'mistral', label: 'Mistral', description: '', model: '' },
  {
    // Not `openai`: the key of OpenAI must not reach another host.
    id: 'vllm',
    label: 'Another server with the OpenAI protocol',
    description: 'vLLM, LiteLLM and others, at a base URL',
    asksBaseUrl: true,
    model: '',
  },
];

export const ollama: ProviderOffer = {
  id: 'ollama',
  label: 'Ollama',
  description: 'models on this machine, no key',
  model: 'qwen2.5-coder:14b',
};

export async function pickProvider(
  offers: readonly ProviderOffer[],
  placeHolder: string,
): Promise<ProviderOffer | undefined> {
  const items = offers.map((provider) => ({
    label: provider.label,
    description: provider.description,
    provider,
  }));
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.provider;
}

/** undefined when the person gave up. */
export function askForModel(offer: ProviderOffer): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: `Model of ${offer.label}`,
    prompt: 'The name of the model, as the provider writes it',
    value: offer.model,
    validateInput: (value) => (value.trim() ? undefined : 'A name, please.'),
  });
}

export function askForBaseUrl(value: string): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: 'Base URL',
    prompt: 'Where the server answers, such as http://localhost:8000/v1',
    value,
    validateInput: (text) =>
      /^https?:\/\/\S+$/.test(text.trim()) ? undefined : 'A URL with http or https, please.',
  });
}
