/** Files that the extension is saving itself, so that nobody takes such a save for a person's. */
export class OwnSaves {
  readonly #uris = new Map<string, number>();

  has(uri: string): boolean {
    return this.#uris.has(uri);
  }

  /** Marks the files while `work` runs. */
  async during<Result>(uris: readonly string[], work: () => Promise<Result>): Promise<Result> {
    for (const uri of uris) this.#uris.set(uri, (this.#uris.get(uri) ?? 0) + 1);
    try {
      return await work();
    } finally {
      for (const uri of uris) this.#release(uri);
    }
  }

  #release(uri: string): void {
    const count = (this.#uris.get(uri) ?? 0) - 1;
    if (count > 0) this.#uris.set(uri, count);
    else this.#uris.delete(uri);
  }
}
