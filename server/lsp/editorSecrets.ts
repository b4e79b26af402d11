import type { Connection } from 'vscode-languageserver/node';
import type { Secrets } from '../engine/ports/secrets.ts';
import type { GuardedLog } from '../engine/safety/guardLog.ts';
import { readSecret } from '../protocol/requests.ts';

const waitMs = 5_000;

/** Keys from the editor's secret storage. It may hang without a keyring: then there is no key, rather than no answer. */
export function createEditorSecrets(connection: Connection, log: Pick<GuardedLog, 'hide' | 'warn'>): Secrets {
  const ask = async (name: string): Promise<string | undefined> => {
    try {
      const { value } = await connection.sendRequest<{ readonly value?: string }>(readSecret.method, {
        name,
      });
      if (value) log.hide(value);
      return value || undefined;
    } catch {
      // The reason may quote the key.
      log.warn(`The editor's secret storage gave no answer for ${name}.`);
      return undefined;
    }
  };
  return { read: (name, signal) => Promise.race([ask(name), nothingAfter(waitMs, signal)]) };
}

function nothingAfter(ms: number, signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(undefined), ms);
    timer.unref();
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
}
