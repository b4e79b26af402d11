import type { Keys } from '../../engine/ports/secrets.ts';

/** A place that may hold keys. */
export interface KeySource {
  /** For people; goes on after "from". */
  readonly name: string;
  read(provider: string, signal: AbortSignal): Promise<string | undefined>;
  /** What it remembers of this provider's key is no good any more. */
  forget?(provider: string): void;
}

export interface KeyRingOptions {
  /** The first one that has a key wins. */
  readonly sources: readonly KeySource[];
  readonly digest: (text: string) => string;
  /** Asks the person for a key, where one can be asked: once for each value that was refused. */
  readonly onRefused?: (refusal: KeyRefusal) => void;
}

export interface KeyRefusal {
  readonly provider: string;
  /** Whether there was a key; it is not told. */
  readonly hadKey: boolean;
}

/** Keys from several places, read anew for every call. Of a refused key only a digest is kept, to ask once for each. */
export function createKeyRing({ sources, digest, onRefused }: KeyRingOptions): Keys {
  const asked = new Map<string, string>();
  const find = async (provider: string, signal: AbortSignal): Promise<Found | undefined> => {
    for (const source of sources) {
      const value = (await source.read(provider, signal))?.trim();
      if (value) return { value, source: source.name };
    }
    return undefined;
  };
  return {
    read: async (provider, signal) => (await find(provider, signal))?.value,
    sourceOf: async (provider, signal) => (await find(provider, signal).catch(() => undefined))?.source,
    async refused(provider, value, signal) {
      for (const source of sources) source.forget?.(provider);
      const now = await find(provider, signal).catch(() => undefined);
      if (now && now.value !== value) return true;
      const refused = value === undefined ? '' : digest(value);
      if (asked.get(provider) !== refused) {
        asked.set(provider, refused);
        onRefused?.({ provider, hadKey: value !== undefined });
      }
      return false;
    },
  };
}

interface Found {
  readonly value: string;
  readonly source: string;
}
