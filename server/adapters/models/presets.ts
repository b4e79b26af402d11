import type { ProviderInfo } from '../../engine/ports/models.ts';

/** One provider that this installation knows. Adding a compatible one is a row. */
export interface Preset extends ProviderInfo {
  /** `responses` and `chat` are the two that OpenAI has; compatible servers speak the latter. */
  readonly protocol: 'anthropic' | 'responses' | 'chat';
  /** The header that carries the key: as bearer, or as it is. */
  readonly keyHeader: 'authorization' | 'api-key';
  /** How it tells its models; `ollama` has a list of its own, with more than names. */
  readonly listing: 'models' | 'ollama' | 'lmstudio';
  /** A path that refuses a wrong key, where the list of models is open to all. */
  readonly keyCheckPath?: string;
  /** Runs on the user's machine: a refused connection means that it is not running. */
  readonly isLocal: boolean;
  /** How to start it, for people; undefined for hosted ones. */
  readonly startHint?: string;
  /** How to get a model that is missing, for people. `MODEL` stands for its name. */
  readonly modelHint?: string;
  /** What the endpoint calls the limit of the answer. */
  readonly limitField: 'max_tokens' | 'max_completion_tokens';
  /** Whether it accepts `stream_options.include_usage`; others send the counts unasked. */
  readonly takesUsageOption: boolean;
  readonly takesTemperature: boolean;
  /** How the form of an answer is asked for: it enforces a schema, or JSON of any form, or is only told. */
  readonly answers: 'schema' | 'json' | 'instruction';
}

const hosted = {
  description: '',
  protocol: 'chat',
  suggestedModel: '',
  needsKey: true,
  asksBaseUrl: false,
  keyHeader: 'authorization',
  listing: 'models',
  isLocal: false,
  limitField: 'max_tokens',
  takesUsageOption: true,
  takesTemperature: true,
  answers: 'schema',
} as const;

const local = { ...hosted, needsKey: false, isLocal: true } as const;

export const presets: readonly Preset[] = [
  {
    ...hosted,
    id: 'anthropic',
    label: 'Anthropic',
    description: 'Claude',
    suggestedModel: 'claude-sonnet-5-5',
    takesTemperature: false,
    protocol: 'anthropic',
    baseUrl: 'https://api.anthropic.com',
    keyVariables: ['ANTHROPIC_API_KEY'],
  },
  {
    ...hosted,
    id: 'openai',
    label: 'OpenAI',
    description: 'GPT',
    protocol: 'responses',
    baseUrl: 'https://api.openai.com/v1',
    suggestedModel: 'gpt-5',
    keyVariables: ['OPENAI_API_KEY'],
    takesTemperature: false,
  },
  {
    ...local,
    id: 'ollama',
    label: 'Ollama',
    description: 'models on this machine, no key',
    suggestedModel: 'qwen2.5-coder:14b',
    listing: 'ollama',
    baseUrl: 'http://127.0.0.1:11434/v1',
    keyVariables: ['OLLAMA_API_KEY'],
    startHint: 'Start it with `ollama serve`, or open the Ollama app.',
    modelHint: 'Get it with `ollama pull MODEL`.',
  },
  {
    ...local,
    id: 'lmstudio',
    label: 'LM Studio',
    description: 'models on this machine, no key',
    listing: 'lmstudio',
    baseUrl: 'http://127.0.0.1:1234/v1',
    keyVariables: [],
    startHint: 'Start its server with `lms server start`, or in the Developer tab.',
    modelHint: 'Get it with `lms get MODEL`.',
  },
  {
    ...hosted,
    id: 'openrouter',
    label: 'OpenRouter',
    description: 'many models behind one key',
    keyCheckPath: '/key',
    baseUrl: 'https://openrouter.ai/api/v1',
    keyVariables: ['OPENROUTER_API_KEY'],
  },
  {
    ...hosted,
    id: 'groq',
    label: 'Groq',
    description: 'fast open models',
    answers: 'json',
    baseUrl: 'https://api.groq.com/openai/v1',
    keyVariables: ['GROQ_API_KEY'],
    limitField: 'max_completion_tokens',
  },
  {
    ...hosted,
    id: 'google',
    label: 'Google',
    description: 'Gemini',
    baseUrl: 'https://generativelanguage.googleapis.com/v1beta/openai',
    keyVariables: ['GEMINI_API_KEY', 'GOOGLE_API_KEY'],
  },
  {
    ...hosted,
    id: 'deepseek',
    label: 'DeepSeek',
    answers: 'json',
    baseUrl: 'https://api.deepseek.com',
    keyVariables: ['DEEPSEEK_API_KEY'],
  },
  {
    ...hosted,
    id: 'mistral',
    label: 'Mistral',
    baseUrl: 'https://api.mistral.ai/v1',
    keyVariables: ['MISTRAL_API_KEY'],
    takesUsageOption: false,
  },
  {
    ...hosted,
    id: 'azure',
    label: 'Azure OpenAI',
    description: 'your own deployments, at the address of your resource',
    asksBaseUrl: true,
    // Such as https://RESOURCE.openai.azure.com/openai/v1; a model is the name of a deployment.
    baseUrl: '',
    keyVariables: ['AZURE_OPENAI_API_KEY'],
    keyHeader: 'api-key',
    limitField: 'max_completion_tokens',
    takesTemperature: false,
  },
  {
    // A server of any make; not `openai`, whose key must not reach another host.
    ...local,
    asksBaseUrl: true,
    id: 'vllm',
    label: 'vLLM',
    description: 'vLLM, LiteLLM and others with the protocol of OpenAI, at a base URL',
    baseUrl: 'http://127.0.0.1:8000/v1',
    keyVariables: ['VLLM_API_KEY'],
    startHint: 'Start it with `vllm serve MODEL`.',
  },
];
