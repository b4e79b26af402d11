import type { ModelProvider } from '../../engine/ports/models.ts';
import { instructAnswer } from './answerInstruction.ts';

/** A provider that cannot be told a schema, told one in words. */
export function withInstructedAnswers(provider: ModelProvider): ModelProvider {
  return {
    ...provider,
    ask: (request, signal) => provider.ask({ ...request, system: instructAnswer(request) }, signal),
  };
}
