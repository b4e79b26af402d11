import type { ActionPlace, ActionResultKind, ProposedFile } from '../../../protocol/runEvents.ts';
import type { Finding } from '../../../protocol/text.ts';
import type { RunEnd } from '../runScope.ts';

/** What one try of an action came to. */
export interface ActionResult {
  readonly result: ActionResultKind;
  /** Stable, such as `action.failed`; `ok` when it succeeded. */
  readonly code: string;
  readonly message: string;
  readonly place?: ActionPlace;
  /** What it printed, bounded, secrets masked; undefined: it runs nothing. */
  readonly output?: string;
  /** undefined: no problem matcher looked at the output. */
  readonly findings?: readonly Finding[];
  readonly changed?: readonly string[];
  /** Those of `changed` in the user's tree whose texts are kept. */
  readonly written?: readonly ProposedFile[];
}

export function succeeded(message: string, more: Partial<ActionResult> = {}): ActionResult {
  return { result: 'succeeded', code: 'ok', message, ...more };
}

export function failedAction(code: string, message: string, more: Partial<ActionResult> = {}): ActionResult {
  return { result: 'failed', code, message, ...more };
}

export function refusedAction(code: string, message: string): ActionResult {
  return { result: 'refused', code, message };
}

export const cancelledAction: ActionResult = { result: 'cancelled', code: 'cancelled', message: 'Stopped.' };

/** The end of a run that did only this, or ends with this. */
export function endOfAction({ result, code, message }: ActionResult): RunEnd {
  const outcome =
    result === 'succeeded' || result === 'skipped' ? 'unchanged' : result === 'refused' ? 'refused' : result;
  return { outcome, code, message };
}

/** The end of a run as the result of the action that it was. */
export function resultOfEnd({ outcome, code, message }: RunEnd): ActionResult {
  if (outcome === 'refused' || outcome === 'cancelled' || outcome === 'failed')
    return { result: outcome, code, message };
  return succeeded(message);
}
