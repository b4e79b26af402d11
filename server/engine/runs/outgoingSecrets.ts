import type { MaskedSecret } from '../../protocol/runEvents.ts';
import type { ModelMessage, Models } from '../ports/models.ts';
import type { Candidate } from '../routing/modelChoices.ts';
import { maskPrompt, type FoundSecret, type MaskedTexts } from '../safety/maskPrompt.ts';
import type { Settings } from '../settings.ts';
import { placeInPrompt } from './placeInPrompt.ts';

export interface OutgoingTexts {
  readonly system: string;
  readonly messages: readonly ModelMessage[];
}

export interface ClearedTexts extends OutgoingTexts {
  /** What was masked; empty: nothing had to be. */
  readonly masked: readonly MaskedSecret[];
  readonly restore: (answer: string) => string;
}

/** Why nothing may be sent, for a person. */
export interface SecretsRefused {
  readonly refused: string;
}

/**
 * What of a question may go to a model: all of it on this machine; elsewhere without its secrets, as far as their form tells
 * that they are some.
 */
export function clearSecrets(
  { system, messages }: OutgoingTexts,
  {
    models,
    candidate,
    settings,
  }: {
    readonly models: Models;
    readonly candidate: Candidate;
    readonly settings: Pick<Settings, 'ai'>;
  },
): ClearedTexts | SecretsRefused {
  const wish = settings.ai.secretsInPrompts ?? 'mask';
  const asItIs = { system, messages, masked: [], restore: (answer: string) => answer };
  if (wish === 'send' || isOnThisMachine(models.provider(candidate.provider)?.address)) return asItIs;
  const masked = maskPrompt({ system, messages });
  if (masked.secrets.length === 0) return asItIs;
  const secrets = masked.secrets.map((secret) => describe(secret, { system, messages }));
  if (wish === 'refuse') return { refused: explainRefusal(secrets) };
  return toCleared(masked, secrets);
}

function toCleared(
  { system, messages, restore }: MaskedTexts<ModelMessage>,
  masked: readonly MaskedSecret[],
): ClearedTexts {
  return { system, messages, masked, restore };
}

function describe({ kind, message, offset }: FoundSecret, { messages }: OutgoingTexts): MaskedSecret {
  const sent = messages[message];
  if (sent === undefined) return { kind, place: 'the instructions' };
  if (sent.role === 'assistant') return { kind, place: 'an earlier answer' };
  return { kind, place: placeInPrompt(sent.text, offset) ?? 'the prompt' };
}

function explainRefusal(secrets: readonly MaskedSecret[]): string {
  const found = secrets.map(({ kind, place }) => `${kind} in ${place}`).join(', ');
  return `What was to be sent holds what looks like a secret (${found}), and codegenLab.ai.secretsInPrompts is \`refuse\`, so nothing was sent. Take the secret out of the text, or let it be masked.`;
}

/** The editor's own models and recordings have no address, and go elsewhere. */
function isOnThisMachine(address: string | undefined): boolean {
  if (address === undefined || !URL.canParse(address)) return false;
  const { hostname } = new URL(address);
  return /^(?:localhost|.+\.localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(hostname);
}
