import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Consent } from '../engine/ports/consent.ts';
import { writeFileAtomic } from './atomicWrite.ts';
import type { UserStorage } from './journal/userStorage.ts';
import { withLock } from './lockFile.ts';

interface ApprovalRecord {
  readonly ruleId: string;
  readonly ruleHash: string;
  readonly decision: 'allowed' | 'denied';
  readonly at: string;
}

/** Approvals as one JSON file per workspace in the user's storage; the last word on a rule's text counts. */
export function createFileConsent(storage: UserStorage, isTrusted: (root: string) => boolean): Consent {
  const fileOf = (root: string): string => join(storage.workspace(root), 'approvals.json');
  return {
    isTrusted,
    approvalOf: async (root, ruleId, ruleHash) =>
      readApprovals(fileOf(root)).findLast((entry) => entry.ruleId === ruleId && entry.ruleHash === ruleHash)
        ?.decision,
    wasAllowedBefore: async (root, ruleId) =>
      readApprovals(fileOf(root)).some((entry) => entry.ruleId === ruleId && entry.decision === 'allowed'),
    record: (root, ruleId, ruleHash, decision) =>
      withLock(`${fileOf(root)}.lock`, async () => {
        const others = readApprovals(fileOf(root)).filter(
          (entry) => entry.ruleId !== ruleId || entry.ruleHash !== ruleHash,
        );
        const entry: ApprovalRecord = { ruleId, ruleHash, decision, at: new Date().toISOString() };
        await writeFileAtomic(fileOf(root), `${JSON.stringify([...others, entry], undefined, 2)}\n`);
      }),
  };
}

function readApprovals(path: string): readonly ApprovalRecord[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    // Nothing was approved yet.
    return [];
  }
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.filter(isApproval) : [];
  } catch {
    // A damaged file approves nothing: the person is asked again.
    return [];
  }
}

function isApproval(value: unknown): value is ApprovalRecord {
  const entry = value as Partial<ApprovalRecord> | null;
  return (
    typeof entry?.ruleId === 'string' &&
    typeof entry.ruleHash === 'string' &&
    (entry.decision === 'allowed' || entry.decision === 'denied')
  );
}
