export interface Ordered {
  readonly file: string;
  readonly priority: number;
}

/**
 * What may start, those with a higher priority first, else in the order in which they came. It is kept by file, since the
 * many rules of a file that is busy are passed over at once.
 */
export class ReadyFirings<Item extends Ordered> {
  /** Of each file in the order in which they start; no list is empty. */
  readonly #byFile = new Map<string, Numbered<Item>[]>();
  #added = 0;

  add(item: Item): void {
    const numbered = { item, number: this.#added };
    this.#added += 1;
    const known = this.#byFile.get(item.file);
    if (!known) return void this.#byFile.set(item.file, [numbered]);
    const before = known.findLastIndex((other) => other.item.priority >= item.priority);
    known.splice(before + 1, 0, numbered);
  }

  remove(item: Item): void {
    const left = this.#byFile.get(item.file) ?? [];
    const at = left.findIndex((other) => other.item === item);
    if (at >= 0) left.splice(at, 1);
    if (left.length === 0) this.#byFile.delete(item.file);
  }

  /** The first of those that may start; what holds for one item of a file holds for all. It stays in until it is removed. */
  next(mayStart: (item: Item) => boolean): Item | undefined {
    let best: Numbered<Item> | undefined;
    for (const [first] of this.#byFile.values())
      if (first && (!best || compare(first, best) < 0) && mayStart(first.item)) best = first;
    return best?.item;
  }

  /** In the order in which they start, if no file were busy. */
  all(): readonly Item[] {
    return [...this.#byFile.values()]
      .flat()
      .toSorted(compare)
      .map(({ item }) => item);
  }

  clear(): void {
    this.#byFile.clear();
  }
}

interface Numbered<Item> {
  readonly item: Item;
  readonly number: number;
}

function compare(left: Numbered<Ordered>, right: Numbered<Ordered>): number {
  return right.item.priority - left.item.priority || left.number - right.number;
}
