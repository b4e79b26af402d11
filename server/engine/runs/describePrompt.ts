import type { PromptBuilt } from '../../protocol/runEvents.ts';
import type { BuiltPrompt } from '../generation/promptInput.ts';
import { requestKey } from '../llm/cassette/requestKey.ts';
import { estimateTokens } from '../llm/estimateTokens.ts';
import type { Digest } from '../ports/digest.ts';
import type { ModelMessage } from '../ports/models.ts';

/** What the journal keeps of a prompt: its parts and the key of the recording that answers it, never its text. */
export function describePrompt(
  prompt: BuiltPrompt,
  conversation: readonly ModelMessage[],
  digest: Digest,
): Omit<PromptBuilt, 'type' | 'attempt'> {
  const added = conversation.slice(prompt.messages.length);
  return {
    digest: requestKey({ system: prompt.system, messages: conversation }, digest),
    parts: [
      ...prompt.parts,
      ...added.map((message) => ({ kind: message.role, name: 'conversation', chars: message.text.length })),
    ],
    leftOut: prompt.leftOut,
    estimatedTokens:
      prompt.estimatedTokens + added.reduce((sum, message) => sum + estimateTokens(message.text), 0),
  };
}
