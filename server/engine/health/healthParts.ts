import type { EditorSettings } from '../../protocol/requests.ts';
import type { Engine } from '../engine.ts';
import type { JournalStore } from '../ports/journal.ts';
import type { MachineHealth } from '../ports/machineHealth.ts';
import type { ProviderInfo } from '../ports/models.ts';
import type { Policies } from '../ports/policies.ts';
import type { SandboxExam } from '../ports/sandboxExam.ts';
import type { Keys } from '../ports/secrets.ts';

export interface HealthParts {
  readonly engine: Pick<
    Engine,
    'openFolder' | 'ruleDocuments' | 'check' | 'models' | 'testQueries' | 'approvals'
  >;
  readonly machine: MachineHealth;
  readonly sandbox: SandboxExam;
  readonly journals: Pick<JournalStore, 'recent'>;
  readonly keys: Keys;
  readonly providers: readonly ProviderInfo[];
  readonly policies: Policies;
  readonly isTrusted: (root: string) => boolean;
  /** Of this product. */
  readonly version: string;
  /** Variables that look like settings and are none. */
  readonly unknownVariables: readonly string[];
  readonly settings: () => EditorSettings;
  /** The last lines that were logged, the oldest first. */
  readonly logLines: () => readonly string[];
}
