/** One provider that this installation knows. Adding a compatible one is a row. */
export interface Preset {
  readonly id: string;
  /** For people. */
  readonly label: string;
  readonly protocol: 'anthropic' | 'openai';
  readonly baseUrl: string;
  /** Environment variables that hold the key, the first that is set wins; empty: none is looked up. */
  readonly keyVariables: readonly string[];
  readonly needsKey: boolean;
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
}

const hosted = {
  protocol: 'openai',
  needsKey: true,
  isLocal: false,
  limitField: 'max_tokens',
  takesUsageOption: true,
} as const;

const local = { ...hosted, needsKey: false, isLocal: true } as const;

export const presets: readonly Preset[] = [
  {
    ...hosted,
    id: 'anthropic',
    label: 'Anthropic',
    protocol: 'anthropic',
    baseUrl: 'https://api.anthropic.com',
    keyVariables: ['ANTHROPIC_API_KEY'],
  },
  {
    ...hosted,
    id: 'openai',
    label: 'OpenAI',
    baseUrl: 'https://api.openai.com/v1',
    keyVariables: ['OPENAI_API_KEY'],
    limitField: 'max_completion_tokens',
  },
  {
    ...local,
    id: 'ollama',
    label: 'Ollama',
    baseUrl: 'http://127.0.0.1:11434/v1',
    keyVariables: ['OLLAMA_API_KEY'],
    startHint: 'Start it with `ollama serve`, or open the Ollama app.',
    modelHint: 'Get it with `ollama pull MODEL`.',
  },
  {
    ...local,
    id: 'lmstudio',
    label: 'LM Studio',
    baseUrl: 'http://127.0.0.1:1234/v1',
    keyVariables: [],
    startHint: 'Start its server with `lms server start`, or in the Developer tab.',
    modelHint: 'Get it with `lms get MODEL`.',
  },
  {
    ...hosted,
    id: 'openrouter',
    label: 'OpenRouter',
    baseUrl: 'https://openrouter.ai/api/v1',
    keyVariables: ['OPENROUTER_API_KEY'],
  },
  {
    ...hosted,
    id: 'groq',
    label: 'Groq',
    baseUrl: 'https://api.groq.com/openai/v1',
    keyVariables: ['GROQ_API_KEY'],
    limitField: 'max_completion_tokens',
  },
  {
    ...hosted,
    id: 'google',
    label: 'Google',
    baseUrl: 'https://generativelanguage.googleapis.com/v1beta/openai',
    keyVariables: ['GEMINI_API_KEY', 'GOOGLE_API_KEY'],
  },
  {
    ...hosted,
    id: 'deepseek',
    label: 'DeepSeek',
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
    ...local,
    id: 'vllm',
    label: 'vLLM',
    baseUrl: 'http://127.0.0.1:8000/v1',
    keyVariables: ['VLLM_API_KEY'],
    startHint: 'Start it with `vllm serve MODEL`.',
  },
];
