import type { CandidateFilter } from '../../../../protocol/candidates.ts';
import type { TestCase } from '../../../../protocol/tests.ts';
import type { TestNode } from '../../../generation/candidates/findTestNodes.ts';

export interface Drop {
  readonly filter: CandidateFilter;
  /** Goes on after the name of the test, without a full stop. */
  readonly reason: string;
  /** What failed, for the model. */
  readonly failed?: readonly TestCase[];
}

/** Which candidates are still in question, and why others are not. */
export class Docket {
  readonly #alive: Set<TestNode>;
  readonly #dropped = new Map<TestNode, Drop>();

  constructor(candidates: Iterable<TestNode>) {
    this.#alive = new Set(candidates);
  }

  get alive(): ReadonlySet<TestNode> {
    return new Set(this.#alive);
  }

  get dropped(): ReadonlyMap<TestNode, Drop> {
    return this.#dropped;
  }

  /** The first reason stays. */
  drop(test: TestNode, drop: Drop): void {
    if (this.#alive.delete(test)) this.#dropped.set(test, drop);
  }
}
