/** Who was made of what: rule files and the keys (paths, names) that they asked for. */
export class DependencyIndex {
  readonly #dependents = new Map<string, Set<string>>();
  readonly #asked = new Map<string, ReadonlySet<string>>();

  /** Another one that knows the same and goes its own way. */
  copy(): DependencyIndex {
    const copy = new DependencyIndex();
    for (const [key, paths] of this.#dependents) copy.#dependents.set(key, new Set(paths));
    for (const [path, asked] of this.#asked) copy.#asked.set(path, asked);
    return copy;
  }

  /** Replaces what is known of a rule file. */
  set(path: string, asked: ReadonlySet<string>): void {
    const before = this.#asked.get(path);
    if (before === undefined ? asked.size === 0 : isSame(before, asked)) return;
    this.delete(path);
    if (asked.size === 0) return;
    this.#asked.set(path, asked);
    for (const key of asked) {
      const paths = this.#dependents.get(key);
      if (paths === undefined) this.#dependents.set(key, new Set([path]));
      else paths.add(path);
    }
  }

  delete(path: string): void {
    for (const key of this.#asked.get(path) ?? []) {
      const paths = this.#dependents.get(key);
      paths?.delete(path);
      if (paths?.size === 0) this.#dependents.delete(key);
    }
    this.#asked.delete(path);
  }

  /** Whether anybody asked for it. */
  has(key: string): boolean {
    return this.#dependents.has(key);
  }

  dependentsOf(key: string): Iterable<string> {
    return this.#dependents.get(key) ?? [];
  }
}

/** All that were made of one of these keys, of what was made of them, and so on. */
export function findDependents(
  keys: Iterable<string>,
  indexes: readonly DependencyIndex[],
): ReadonlySet<string> {
  const found = new Set<string>();
  const open = new Set(keys);
  // A set that grows while it is walked is walked to its new end.
  for (const key of open) {
    for (const index of indexes) {
      for (const path of index.dependentsOf(key)) {
        found.add(path);
        open.add(path);
      }
    }
  }
  return found;
}

function isSame(left: ReadonlySet<string>, right: ReadonlySet<string>): boolean {
  return left.size === right.size && [...left].every((key) => right.has(key));
}
