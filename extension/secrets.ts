import type { SecretStorage } from 'vscode';

const timeoutMs = 3000;

/** Keys of providers in the editor's own vault. The environment is the server's to read. */
export class ProviderKeys {
  readonly #storage: SecretStorage;

  constructor(storage: SecretStorage) {
    this.#storage = storage;
  }

  /** Empty when there is no key, or when the vault does not answer in time: a locked keychain must not hold a run. */
  async read(provider: string): Promise<{ readonly value?: string }> {
    const value = await withTimeout(this.#storage.get(secretName(provider)));
    return value ? { value } : {};
  }

  async store(provider: string, key: string): Promise<void> {
    await this.#storage.store(secretName(provider), key);
  }

  async remove(provider: string): Promise<void> {
    await this.#storage.delete(secretName(provider));
  }
}

function secretName(provider: string): string {
  return `codegenLab.key.${provider}`;
}

async function withTimeout(reading: Thenable<string | undefined>): Promise<string | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), timeoutMs);
  });
  try {
    return await Promise.race([reading, late]);
  } finally {
    clearTimeout(timer);
  }
}
