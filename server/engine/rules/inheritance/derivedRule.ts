import type { Rule, RuleProblem } from '../rule.ts';
import type { EffectiveRule } from './effectiveRule.ts';
import type { TextPiece } from './textPiece.ts';
import { traceBlock, traceFile, type TraceSource } from './traceProvenance.ts';

/** What the rules of a file were made of. */
export interface Origin extends TraceSource {
  /** Keys that each rule of the lineage asked for. */
  readonly asked: readonly (readonly [links: Iterable<string>, includes: Iterable<string>])[];
}

export interface Derivation {
  readonly ids: readonly string[];
  readonly problems: readonly RuleProblem[];
  readonly origin: Origin;
  /** As it was written, for the rule of a block. */
  readonly block: Rule | undefined;
}

/** Provenance and dependencies are looked at by people, so they are worked out when somebody asks, and once. */
export class DerivedRule implements EffectiveRule {
  readonly rule: Rule;
  readonly #derivation: Derivation;
  #provenance: EffectiveRule['provenance'] | undefined;
  #dependencies: ReadonlySet<string> | undefined;

  constructor(rule: Rule, derivation: Derivation) {
    this.rule = rule;
    this.#derivation = derivation;
  }

  get lineage(): readonly string[] {
    return this.#derivation.ids;
  }

  get pieces(): readonly TextPiece[] {
    const { origin, block } = this.#derivation;
    return block === undefined ? origin.body : [];
  }

  get problems(): readonly RuleProblem[] {
    return this.#derivation.problems;
  }

  get provenance(): EffectiveRule['provenance'] {
    const { origin, block } = this.#derivation;
    this.#provenance ??= block === undefined ? traceFile(origin) : traceBlock(block, traceFile(origin));
    return this.#provenance;
  }

  get dependencies(): ReadonlySet<string> {
    const { ids, origin } = this.#derivation;
    this.#dependencies ??= collectPaths(ids, origin.asked);
    return this.#dependencies;
  }
}

function collectPaths(ids: readonly string[], asked: Origin['asked']): ReadonlySet<string> {
  const paths = new Set(ids);
  for (const keys of asked.flat()) for (const key of keys) if (!key.startsWith('name:')) paths.add(key);
  return paths;
}
