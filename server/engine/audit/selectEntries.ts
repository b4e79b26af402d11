import type { AuditEntry } from '../../protocol/audit.ts';

/** What is looked for in a log; what is undefined does not bind. */
export interface AuditSelection {
  /** The beginning of a run's id. */
  readonly run?: string | undefined;
  /** A kind of actor, an account, a rule's name or id, or a model that is asked, as `provider/model`. */
  readonly who?: string | undefined;
  /** Milliseconds since the epoch, inclusive. */
  readonly since?: number | undefined;
}

export function selectEntries(
  entries: readonly AuditEntry[],
  { run, who, since }: AuditSelection,
): readonly AuditEntry[] {
  return entries.filter(
    (entry) =>
      (run === undefined || entry.run?.startsWith(run) === true) &&
      (who === undefined || namesOf(entry).includes(who)) &&
      (since === undefined || entry.at >= since),
  );
}

function namesOf({ who, user, right }: AuditEntry): readonly string[] {
  const asked = right.kind === 'model' ? [`${right.provider}/${right.model}`] : [];
  switch (who.kind) {
    case 'person':
      return [who.kind, user, ...asked];
    case 'rule':
      return [who.kind, who.name, who.id, ...asked];
    case 'model':
      return [who.kind, who.rule, ...asked];
    case 'program':
      return [who.kind];
  }
}
