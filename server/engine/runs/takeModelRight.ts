import type { AuditActor } from '../../protocol/audit.ts';
import type { RightDenied } from '../audit/rights.ts';
import type { CallRight } from '../llm/askModel.ts';
import type { RunDeps } from './runScope.ts';

export interface ModelAsker {
  readonly deps: Pick<RunDeps, 'rights'>;
  readonly root: string;
  /** undefined: it belongs to no run. */
  readonly run?: string;
  readonly who: AuditActor;
  readonly role: string;
}

/** Takes the right to ask a model for whoever asks, or logs that the budget denied it. undefined: it may be asked. */
export function takeModelRight({
  deps,
  root,
  run,
  who,
  role,
}: ModelAsker): (call: CallRight) => Promise<RightDenied | undefined> {
  return async ({ refused, runSpent, ...call }) => {
    const asked = {
      ...(run === undefined ? {} : { run }),
      who,
      right: { kind: 'model', role, ...call },
    } as const;
    if (refused === undefined) return deps.rights.take(root, { ...asked, by: { kind: 'budget' }, runSpent });
    await deps.rights.note(root, { ...asked, decision: 'denied', by: { kind: 'budget', detail: refused } });
    return undefined;
  };
}
