import type { CassetteStore } from '../engine/ports/cassettes.ts';

/** Recordings in memory. */
export class MemoryCassettes implements CassetteStore {
  readonly texts = new Map<string, string>();

  read(key: string): Promise<string | undefined> {
    return Promise.resolve(this.texts.get(key));
  }

  write(key: string, text: string): Promise<void> {
    this.texts.set(key, text);
    return Promise.resolve();
  }

  list(): Promise<readonly string[]> {
    return Promise.resolve([...this.texts.keys()].toSorted());
  }
}
