import type { Action } from '../../rules/rule.ts';
import type { RunScope } from '../runScope.ts';
import type { Variables } from './expandCommand.ts';
import type { Recheck } from '../editing/proofParts.ts';
import type { SharedCopy } from './runCopy.ts';

/** One action of a run under way. */
export interface ActionScope extends RunScope {
  readonly action: Action;
  /** Its `id`, or its place among the rule's actions, such as `#2`. */
  readonly key: string;
  /** Its try, from 1. */
  readonly attempt: number;
  /** What variables stand for in it; empty in a `<rule>` block, where a word in braces is text. */
  readonly variables: Variables;
  readonly copy: SharedCopy;
  /** Does once more what reported something before it, in the copy as it is then. */
  readonly recheck: Recheck;
  /** It is the only action of the run and it edits: its own steps tell of it. */
  readonly isAlone: boolean;
}
