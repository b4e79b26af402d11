import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Consent, KeptApproval, NewApproval } from '../engine/ports/consent.ts';
import { writeFileAtomic } from './atomicWrite.ts';
import type { UserStorage } from './journal/userStorage.ts';
import { withLock } from './lockFile.ts';

/** A text is kept to show what changed; past that many UTF-16 units it is left out, and its digest alone counts. */
const keptTextLength = 65_536;
/** Texts of one rule that a person approved one after the other: a branch that comes back is known again. */
const keptPerRule = 20;

/** As it is written: a decision without a time that can be read would be of nobody. */
interface ApprovalRecord extends NewApproval {
  readonly at: string;
}

export interface FileConsent extends Consent {
  /** Whether a rule of the folder was approved. */
  hasApproved(root: string): boolean;
}

/** Approvals as one JSON file per workspace in the user's storage; the last word on a rule's text counts. */
export function createFileConsent(storage: UserStorage, isTrusted: (root: string) => boolean): FileConsent {
  const fileOf = (root: string): string => join(storage.workspace(root), 'approvals.json');
  const read = createReader();
  const change = (
    root: string,
    edit: (records: readonly ApprovalRecord[]) => readonly ApprovalRecord[],
  ): Promise<void> =>
    withLock(`${fileOf(root)}.lock`, () =>
      writeFileAtomic(fileOf(root), `${JSON.stringify(edit(read(fileOf(root))), undefined, 2)}\n`),
    );
  return {
    isTrusted,
    hasApproved: (root) => read(fileOf(root)).some(({ decision }) => decision === 'allowed'),
    approvalOf: async (root, ruleId, ruleHash) =>
      read(fileOf(root)).findLast((entry) => entry.ruleId === ruleId && entry.ruleHash === ruleHash)
        ?.decision,
    approvals: async (root) =>
      read(fileOf(root)).map((record): KeptApproval => ({ ...record, at: Date.parse(record.at) || 0 })),
    record: (root, approvals) => {
      const at = new Date().toISOString();
      return change(root, (records) => approvals.reduce((kept, each) => add(kept, { ...each, at }), records));
    },
    revoke: (root, ruleIds) =>
      change(root, (records) =>
        ruleIds === 'all' ? [] : records.filter((each) => !ruleIds.includes(each.ruleId)),
      ),
  };
}

/** Of each rule only the newest approval keeps its text: what changed is shown since then. */
function add(records: readonly ApprovalRecord[], entry: ApprovalRecord): readonly ApprovalRecord[] {
  const others = records.filter(
    ({ ruleId, ruleHash }) => ruleId !== entry.ruleId || ruleHash !== entry.ruleHash,
  );
  const own = others.filter(({ ruleId }) => ruleId === entry.ruleId);
  const dropped = new Set(own.slice(0, Math.max(0, own.length - keptPerRule + 1)));
  const { text = '', ...rest } = entry;
  const added = text === '' || text.length > keptTextLength ? rest : entry;
  const older = others.flatMap((record) => {
    if (dropped.has(record)) return [];
    return record.ruleId === entry.ruleId && entry.decision === 'allowed' ? [withoutText(record)] : [record];
  });
  return [...older, added];
}

function withoutText({ text: _text, ...record }: ApprovalRecord): ApprovalRecord {
  return record;
}

/** Reads a file anew only when it is another one: who is asked for many rules in a row reads it once. */
function createReader(): (path: string) => readonly ApprovalRecord[] {
  const known = new Map<string, { readonly stamp: string; readonly records: readonly ApprovalRecord[] }>();
  return (path) => {
    const stats = statSync(path, { throwIfNoEntry: false, bigint: true });
    // Each write makes a new file.
    const stamp = stats === undefined ? '' : `${stats.ino} ${stats.mtimeNs} ${stats.size}`;
    const last = known.get(path);
    if (last?.stamp === stamp) return last.records;
    const records = stats === undefined ? [] : readApprovals(path);
    known.set(path, { stamp, records });
    return records;
  };
}

function readApprovals(path: string): readonly ApprovalRecord[] {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return Array.isArray(value) ? value.filter(isApproval) : [];
  } catch {
    // A damaged file approves nothing: the person is asked again.
    return [];
  }
}

function isApproval(value: unknown): value is ApprovalRecord {
  const entry = value as Partial<Record<keyof ApprovalRecord, unknown>> | null;
  const isText = (field: unknown): boolean => field === undefined || typeof field === 'string';
  return (
    typeof entry?.ruleId === 'string' &&
    typeof entry.ruleHash === 'string' &&
    typeof entry.at === 'string' &&
    (entry.decision === 'allowed' || entry.decision === 'denied') &&
    isText(entry.text) &&
    isText(entry.fileHash)
  );
}
