/** Questions that a run asks a person and waits for. One open question per key. */
export class RunWaits<Answer> {
  readonly #open = new Map<string, Set<(answer: Answer) => void>>();

  /** Resolves with the answer, or with `undefined` when `signal` aborts. */
  ask(key: string, signal: AbortSignal): Promise<Answer | undefined> {
    return new Promise((resolve) => {
      if (signal.aborted) return resolve(undefined);
      const waiting = this.#open.get(key) ?? new Set();
      this.#open.set(key, waiting);
      const settle = (answer: Answer | undefined): void => {
        waiting.delete(settle);
        if (waiting.size === 0) this.#open.delete(key);
        signal.removeEventListener('abort', onAbort);
        resolve(answer);
      };
      const onAbort = (): void => settle(undefined);
      waiting.add(settle);
      signal.addEventListener('abort', onAbort, { once: true });
    });
  }

  /** Gives the answer to all who wait for it; false if nobody does. */
  answer(key: string, answer: Answer): boolean {
    const waiting = this.#open.get(key);
    if (!waiting) return false;
    for (const settle of [...waiting]) settle(answer);
    return true;
  }
}
