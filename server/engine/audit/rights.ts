import type { AuditActor, AuditBasis, AuditRight, NewAuditEntry } from '../../protocol/audit.ts';
import type { Audit } from '../ports/audit.ts';
import type { Log } from '../ports/log.ts';
import { cleanEntry } from './cleanEntry.ts';

/** A right that everything else has allowed. */
export interface AskedRight {
  /** undefined: it belongs to no run. */
  readonly run?: string;
  readonly who: AuditActor;
  readonly right: AuditRight;
  /** What allowed it. */
  readonly by: AuditBasis;
  /** Of a command, for policies; it is not logged. */
  readonly argv?: readonly string[];
  /** Of a call of a model, for policies: what its run has cost with this call at most; it is not logged. */
  readonly runSpent?: { readonly usd: number; readonly tokens: number };
}

export interface RightDenied {
  readonly code: 'audit.unwritable' | 'policy.denied';
  /** What is wrong and what to do, as sentences. */
  readonly message: string;
}

/** Where a right is taken, at the last moment before it is used. */
export interface Rights {
  /** Durably logged when it resolves to undefined, and only then it may be used. Never rejects. */
  take(root: string, asked: AskedRight): Promise<RightDenied | undefined>;
  /** Logs that a right was denied, that a person is asked for it, or what was seen. Never rejects: nothing is given. */
  note(
    root: string,
    entry: NewAuditEntry & { readonly decision: 'denied' | 'asked' | 'noted' },
  ): Promise<void>;
}

export interface RightsParts {
  readonly audit: Audit;
  /** Why a policy does not give a right; undefined: none is against it. Never rejects. */
  readonly judge: (root: string, asked: AskedRight) => Promise<string | undefined>;
  /** False: where the log cannot be written a right is taken all the same, and a warning tells. */
  readonly isRequired: () => boolean;
  readonly log: Pick<Log, 'warn'>;
}

export function createRights({ audit, judge, isRequired, log }: RightsParts): Rights {
  return {
    async take(root, asked) {
      const { argv: _argv, runSpent: _runSpent, ...entry } = asked;
      const barred = await judge(root, asked);
      if (barred !== undefined) {
        await this.note(root, { ...entry, decision: 'denied', by: { kind: 'policy', detail: barred } });
        return { code: 'policy.denied', message: barred };
      }
      try {
        await audit.note(root, cleanEntry({ ...entry, decision: 'allowed' }));
        return undefined;
      } catch (error) {
        const reason = `The audit log cannot be written (${reasonOf(error)})`;
        if (!isRequired()) {
          log.warn(`${reason}; this is not logged: ${asked.right.kind}.`);
          return undefined;
        }
        return {
          code: 'audit.unwritable',
          message: `${reason}, and nothing that needs a right is done without it. Make the folder of your own data writable, or let work go on without the log with the setting codegenLab.audit.required.`,
        };
      }
    },
    async note(root, entry) {
      try {
        await audit.note(root, cleanEntry(entry));
      } catch (error) {
        log.warn(
          `The audit log cannot be written (${reasonOf(error)}); this is not logged: ${entry.right.kind} ${entry.decision}.`,
        );
      }
    },
  };
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
