/** Work that is due at the same moment. */
export interface Turns {
  /** Does the work in a turn of its own, after what was added before. Returns how to take it back. */
  add(work: () => void): () => void;
}

/** Lets what is due wait for one another, a turn of the event loop each, so that messages are answered in between. */
export function createTurns(): Turns {
  const due = new Set<() => void>();
  let isUnderWay = false;
  const goOn = (): void => {
    const [next] = due;
    if (next === undefined) {
      isUnderWay = false;
      return;
    }
    due.delete(next);
    setImmediate(goOn);
    next();
  };
  return {
    add(work) {
      const mine = (): void => work();
      due.add(mine);
      if (!isUnderWay) setImmediate(goOn);
      isUnderWay = true;
      return () => void due.delete(mine);
    },
  };
}
