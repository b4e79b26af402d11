import type { Secrets } from '../../engine/ports/secrets.ts';
import type { ModelFault } from '../../engine/ports/models.ts';
import { KeyCommandError } from './keyCommands.ts';
import type { Preset } from './presets.ts';

/** What a client needs to reach one provider. */
export interface Endpoint {
  readonly preset: Preset;
  /** From the user's settings or the preset, never from a workspace. */
  readonly baseUrl: string;
  /** Reads the key anew for every call, so that a changed key counts from the next one. */
  readonly readKey: (signal: AbortSignal) => Promise<KeyResult>;
  /** What a fault means now that the call is over: the key may have been replaced in the meantime. Never rejects. */
  readonly settle: (fault: ModelFault, signal: AbortSignal) => Promise<ModelFault>;
  readonly fetch?: typeof globalThis.fetch;
  /** Longest silence after the first event, in milliseconds. */
  readonly idleMs: number;
}

export type KeyResult =
  /** `value` is undefined where none is needed and none is set. */
  { readonly kind: 'key'; readonly value: string | undefined } | ModelKeyFault;

interface ModelKeyFault {
  readonly kind: 'fault';
  readonly fault: ModelFault;
}

/** The key of a preset, if the HTTP layer can send it. */
export async function readKey(preset: Preset, secrets: Secrets, signal: AbortSignal): Promise<KeyResult> {
  let value: string | undefined;
  try {
    value = (await secrets.read(preset.id, signal))?.trim();
  } catch (error) {
    if (error instanceof KeyCommandError) return noKey(error.message);
    // The reason may quote the key.
    return noKey(`The API key of ${preset.label} could not be read. Set it again.`);
  }
  if (!value) return preset.needsKey ? noKey(renderMissingKey(preset)) : { kind: 'key', value: undefined };
  // Any other character makes the HTTP layer refuse the header with an error text that quotes it.
  if (!/^[\x21-\x7e]+$/.test(value)) {
    return noKey(`The API key of ${preset.label} holds a character that no key has. Set it again.`);
  }
  return { kind: 'key', value };
}

function renderMissingKey({ label, keyVariables: [variable] }: Preset): string {
  const other = variable ? `, or set the variable ${variable}` : '';
  return `There is no API key for ${label}. Run "Set API Key"${other}.`;
}

function noKey(message: string): ModelKeyFault {
  return { kind: 'fault', fault: { type: 'failed', code: 'model.no-key', message, retryable: false } };
}

/** Host and port alone: a base URL may carry a password. */
export function renderHost(baseUrl: string): string {
  return URL.canParse(baseUrl) ? new URL(baseUrl).host : 'an address that is not valid';
}
