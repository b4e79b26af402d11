import type { ProposedFile } from '../../../protocol/runEvents.ts';
import type { Variables } from '../actions/expandCommand.ts';
import type { Recheck } from './proofParts.ts';
import type { AskingScope } from '../routeOf.ts';

/** A run whose action edits files. */
export interface EditScope extends AskingScope {
  readonly variables: Variables;
  readonly recheck: Recheck;
}

/** Edits that hold what their action promises. */
export interface Proven {
  readonly files: readonly ProposedFile[];
  readonly summary: string;
}
