import { createGlobIndex, type GlobIndex } from '../globs/globIndex.ts';
import type { Rule } from '../rule.ts';

/** The active rules of a folder by the paths that they are about. */
export class ActiveRules {
  readonly #index: GlobIndex = createGlobIndex();
  readonly #rules = new Map<string, Rule>();
  readonly #ids = new Map<string, readonly string[]>();

  /** Replaces what acts of one file; globs that stayed the same cost nothing. */
  set(path: string, rules: readonly Rule[]): void {
    const active = rules.filter((rule) => rule.active);
    const ids = new Set(active.map(({ id }) => id));
    for (const id of this.#ids.get(path) ?? []) {
      if (ids.has(id)) continue;
      this.#index.remove(id);
      this.#rules.delete(id);
    }
    for (const rule of active) {
      const before = this.#rules.get(rule.id);
      this.#rules.set(rule.id, rule);
      if (before === undefined || !hasSameGlobs(before, rule))
        this.#index.add({ id: rule.id, globs: rule.globs.map(({ value }) => value), scope: rule.scope });
    }
    if (ids.size === 0) this.#ids.delete(path);
    else this.#ids.set(path, [...ids]);
  }

  match(path: string): readonly Rule[] {
    return this.#index.match(path).flatMap((id) => this.#rules.get(id) ?? []);
  }
}

function hasSameGlobs(left: Rule, right: Rule): boolean {
  if (left.globs === right.globs) return true;
  return (
    left.globs.length === right.globs.length &&
    left.globs.every(({ value }, index) => value === right.globs[index]?.value)
  );
}
