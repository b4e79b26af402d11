import { createGlobIndex, type GlobIndex } from '../globs/globIndex.ts';
import type { Rule } from '../rule.ts';

/** The active rules of a folder by the paths that they are about. */
export class ActiveRules {
  readonly #index: GlobIndex = createGlobIndex();
  readonly #rules = new Map<string, Rule>();
  readonly #ofFile = new Map<string, readonly Rule[]>();

  /** Replaces what acts of one file; globs that stayed the same cost nothing. */
  set(path: string, rules: readonly Rule[]): void {
    const before = this.#ofFile.get(path) ?? [];
    const active = rules.every((rule) => rule.active) ? rules : rules.filter((rule) => rule.active);
    for (const { id } of before) {
      if (active.some((rule) => rule.id === id)) continue;
      this.#index.remove(id);
      this.#rules.delete(id);
    }
    for (const rule of active) {
      const known = before.find(({ id }) => id === rule.id);
      this.#rules.set(rule.id, rule);
      if (known === undefined || !hasSameGlobs(known, rule))
        this.#index.add({ id: rule.id, globs: rule.globs.map(({ value }) => value), scope: rule.scope });
    }
    if (active.length === 0) this.#ofFile.delete(path);
    else this.#ofFile.set(path, active);
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
