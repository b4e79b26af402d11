import type { ConfinementStatus } from '../ports/processes.ts';
import type { ScratchTree } from '../ports/scratch.ts';
import type { TestTask } from './buildTestTask.ts';
import type { TestPlan } from './planTests.ts';

/** What an edit is proven with. */
export interface ProofParts {
  readonly plan: TestPlan;
  readonly tree: ScratchTree;
  readonly task: TestTask;
  readonly confinement: ConfinementStatus;
}
