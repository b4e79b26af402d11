import type { AiSettings } from '../settings.ts';

/** Why no model can be asked, with what to do; undefined when one is chosen. */
export function explainNoModel(ai: AiSettings): string | undefined {
  if (ai.enabled === false)
    return 'AI is switched off (codegenLab.ai.enabled). Deterministic rules go on working.';
  if (ai.provider === '') return 'No model is chosen. Set an API key, use Ollama, or try the recorded demo.';
  if (ai.model === '' && ai.provider !== 'replay')
    return `No model of ${ai.provider} is chosen (codegenLab.ai.model).`;
  return undefined;
}
