/** Who waits, by turns: of each key the first that came, and after each turn the next key. */
export class FairLine<Waiter> {
  /** Keys in the order of their turns, each with who waits under it. */
  readonly #keys = new Map<string, Waiter[]>();

  get length(): number {
    return [...this.#keys.values()].reduce((sum, waiters) => sum + waiters.length, 0);
  }

  add(key: string, waiter: Waiter): void {
    const waiters = this.#keys.get(key);
    if (waiters) waiters.push(waiter);
    else this.#keys.set(key, [waiter]);
  }

  /** Whose turn it is; undefined when nobody waits. */
  first(): Waiter | undefined {
    for (const [waiter] of this.#keys.values()) return waiter;
    return undefined;
  }

  /** Takes the first out; its key has its next turn after all others. */
  shift(): Waiter | undefined {
    for (const [key, waiters] of this.#keys) {
      const waiter = waiters.shift();
      this.#keys.delete(key);
      if (waiters.length > 0) this.#keys.set(key, waiters);
      return waiter;
    }
    return undefined;
  }

  remove(key: string, waiter: Waiter): void {
    const left = this.#keys.get(key)?.filter((each) => each !== waiter) ?? [];
    if (left.length > 0) this.#keys.set(key, left);
    else this.#keys.delete(key);
  }
}
