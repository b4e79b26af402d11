import type { Rule, RuleDocument } from '../rule.ts';

/** Rule files by path, and their file rules by name. */
export class FileIndex {
  readonly #documents = new Map<string, RuleDocument>();
  readonly #paths = new Map<string, Set<string>>();
  #sorted: readonly RuleDocument[] | undefined;

  /** Another one that knows the same and goes its own way. */
  copy(): FileIndex {
    const copy = new FileIndex();
    for (const [path, document] of this.#documents) copy.#documents.set(path, document);
    for (const [name, paths] of this.#paths) copy.#paths.set(name, new Set(paths));
    copy.#sorted = this.#sorted;
    return copy;
  }

  get(path: string): RuleDocument | undefined {
    return this.#documents.get(path);
  }

  /** By path. */
  all(): readonly RuleDocument[] {
    this.#sorted ??= [...this.#documents.values()].toSorted((left, right) =>
      left.path < right.path ? -1 : 1,
    );
    return this.#sorted;
  }

  named(name: string): readonly Rule[] {
    return Array.from(this.#paths.get(name) ?? []).flatMap((path) => this.#documents.get(path)?.file ?? []);
  }

  /** `undefined` takes it out. Returns the names that other files bear now, for whoever asked for them. */
  set(path: string, document: RuleDocument | undefined): readonly string[] {
    const before = this.#documents.get(path)?.file.name;
    const after = document?.file.name;
    this.#sorted = undefined;
    if (document === undefined) this.#documents.delete(path);
    else this.#documents.set(path, document);
    if (before === after) return [];
    if (before !== undefined) this.#removeName(before, path);
    if (after !== undefined) {
      const paths = this.#paths.get(after);
      if (paths === undefined) this.#paths.set(after, new Set([path]));
      else paths.add(path);
    }
    return [before, after].filter((name) => name !== undefined);
  }

  #removeName(name: string, path: string): void {
    const paths = this.#paths.get(name);
    paths?.delete(path);
    if (paths?.size === 0) this.#paths.delete(name);
  }
}
