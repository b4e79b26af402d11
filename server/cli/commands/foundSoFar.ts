import type { Finding } from '../../protocol/text.ts';

/** What is otherwise than before. */
export interface FoundChange {
  readonly added: readonly Finding[];
  readonly fixed: readonly Finding[];
  /** How many there are now in all. */
  readonly left: number;
}

/** The findings of a folder, by file, as they were last. */
export class FoundSoFar {
  readonly #byPath = new Map<string, readonly Finding[]>();

  replaceAll(findings: readonly Finding[]): FoundChange {
    const paths = new Set([...this.#byPath.keys(), ...findings.map(({ path }) => path)]);
    return this.replace([...paths], findings);
  }

  /** These files were looked at. A finding that stands elsewhere in its file is the same. */
  replace(paths: readonly string[], findings: readonly Finding[]): FoundChange {
    const added: Finding[] = [];
    const fixed: Finding[] = [];
    for (const path of paths) {
      const before = this.#byPath.get(path) ?? [];
      const now = findings.filter((finding) => finding.path === path);
      added.push(...without(now, before));
      fixed.push(...without(before, now));
      if (now.length > 0) this.#byPath.set(path, now);
      else this.#byPath.delete(path);
    }
    const left = [...this.#byPath.values()].reduce((sum, { length }) => sum + length, 0);
    return { added, fixed, left };
  }
}

/** Of several that say the same, as many as the others do not have. */
function without(findings: readonly Finding[], others: readonly Finding[]): readonly Finding[] {
  const counts = new Map<string, number>();
  for (const other of others) counts.set(keyOf(other), (counts.get(keyOf(other)) ?? 0) + 1);
  return findings.filter((finding) => {
    const left = counts.get(keyOf(finding)) ?? 0;
    counts.set(keyOf(finding), left - 1);
    return left <= 0;
  });
}

function keyOf({ rule, code, message, severity }: Finding): string {
  return JSON.stringify([rule, code, message, severity]);
}
