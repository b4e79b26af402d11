import type { ProposedFile } from '../../../protocol/runEvents.ts';
import type { TestCase } from '../../../protocol/tests.ts';
import type { RedRun } from '../../generation/buildFixPrompt.ts';
import type { ModelMessage } from '../../ports/models.ts';
import type { ConfinementStatus } from '../../ports/processes.ts';
import type { ScratchTree } from '../../ports/scratch.ts';
import type { OpenTrial } from './candidates/measureGains.ts';
import type { EditTask } from './editTask.ts';
import type { Proof, Verdict } from './judgeProof.ts';
import type { CopyLayer } from '../mutating/mutationTypes.ts';
import type { TestPlan } from '../planTests.ts';
import type { Refusal } from './refusal.ts';

/** Where an edit is tried out. */
export interface ProofPlace {
  readonly tree: ScratchTree;
  readonly confinement: ConfinementStatus;
}

/** What commands report that reported something before; undefined: there are none. */
export type Recheck = () => Promise<Rechecked | undefined>;

export interface Rechecked {
  readonly result: 'succeeded' | 'failed' | 'refused' | 'cancelled' | 'skipped';
  readonly code: string;
  /** A sentence. */
  readonly message: string;
  readonly output: string;
}

/** What an edit is proven with. */
export interface ProofParts extends ProofPlace {
  /** undefined: no test can be run for what is written. */
  readonly plan: TestPlan | undefined;
  /** Why not, as a sentence; undefined: no test concerns it. */
  readonly untested?: string;
  readonly task: EditTask;
  /** How the concerned tests ended before the edit. */
  readonly baseline: readonly TestCase[];
  /** What a test run with the edit means; not asked where no test is run. */
  readonly judge: (proof: Proof) => Verdict;
  /** Looks at an edit that passed the gates, before anything of it runs. */
  readonly inspect?: (files: readonly ProposedFile[]) => Promise<readonly Refusal[]>;
  readonly wrote: RedRun['wrote'];
  /** undefined: nothing was reported that has to be gone. */
  readonly recheck?: Recheck;
  /** How new tests are judged one by one; undefined: they are not. */
  readonly candidates?: CandidateWishes;
}

export interface CandidateWishes {
  /** The code that the tests are for. */
  readonly source: string;
  /** The tests have to fail on the code as it is. */
  readonly redFirst: boolean;
  readonly openTrial: OpenTrial;
  /** What earlier actions of the run edited. */
  readonly layer: () => Promise<CopyLayer>;
}

/** One attempt. */
export interface Try extends ProofParts {
  readonly attempt: number;
  readonly conversation: readonly ModelMessage[];
}
