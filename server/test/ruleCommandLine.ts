import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readAudit } from '../adapters/audit/readAudit.ts';
import { UserStorage } from '../adapters/journal/userStorage.ts';
import { createDiskEdits } from '../adapters/diskEdits.ts';
import { diskHooks } from '../adapters/diskHooks.ts';
import { createDiskWatch } from '../adapters/diskWatch.ts';
import { DiskFiles } from '../adapters/diskFiles.ts';
import { gitChanges } from '../adapters/gitChanges.ts';
import { createFileCassettes } from '../adapters/models/fileCassettes.ts';
import { createMachineSandboxExam } from '../adapters/sandbox/examineSandbox.ts';
import { sha256 } from '../adapters/sha256.ts';
import { WorkerPatterns } from '../adapters/workerPatterns.ts';
import type { EngineOptions, RunningEngine } from '../cli/commandContext.ts';
import { createInvocationConsent } from '../cli/invocationConsent.ts';
import { withRights } from '../cli/rightfulEdits.ts';
import { withoutLanding } from '../cli/readOnlyEdits.ts';
import { composeEngine } from '../composeEngine.ts';
import { CommandLineWorkspace, type CommandLineSetup, type Ended } from './commandLine.ts';
import { findProtected } from '../engine/safety/protectedPaths.ts';

/** A workspace folder on disk, in which commands about rules are run in process, over the real engine. */
export class RuleCommandWorkspace {
  readonly #workspace: CommandLineWorkspace;
  readonly #storage = mkdtempSync(join(tmpdir(), 'codegen-lab-storage-'));

  constructor(files: Readonly<Record<string, string>>) {
    this.#workspace = new CommandLineWorkspace(files);
  }

  get root(): string {
    return this.#workspace.root;
  }

  run(words: string | readonly string[], setup: CommandLineSetup = {}): Promise<Ended> {
    const createEngine = (options: EngineOptions): RunningEngine =>
      createRunningEngine(options, this.#storage);
    return this.#workspace.run(words, { ...setup, line: { createEngine, ...setup.line } });
  }

  /** undefined when the file is not there. */
  read(path: string): string | undefined {
    const file = join(this.root, path);
    return statSync(file, { throwIfNoEntry: false }) === undefined ? undefined : readFileSync(file, 'utf8');
  }

  remove(): void {
    this.#workspace.remove();
    rmSync(this.#storage, { recursive: true, force: true });
  }
}

function createRunningEngine(options: EngineOptions, storage: string): RunningEngine {
  const { settings, trusted, writesRules, terminal, log } = options;
  const files = new DiskFiles();
  const secrets = { read: async () => undefined };
  const { engine, rights, health } = composeEngine({
    ...{ storage, settings, trusted, interactive: false, environment: {}, secrets, terminal, log },
    builtinRules: join(import.meta.dirname, '../../rules'),
    consent: (kept) =>
      createInvocationConsent({ ...kept, isTrusted: (root) => kept.hasApproved(root) }, options, sha256),
  });
  return {
    engine,
    health: health('1.2.3'),
    audit: { read: (root) => readAudit(new UserStorage(storage), root) },
    journals: { recent: async () => [] },
    secrets,
    providers: [],
    files,
    rights,
    edits: writesRules
      ? withRights(createDiskEdits(files), rights)
      : withoutLanding(createDiskEdits(files), '--write'),
    patterns: new WorkerPatterns(),
    digest: sha256,
    changes: gitChanges,
    hooks: diskHooks,
    folderWatch: createDiskWatch(),
    sandbox: createMachineSandboxExam(process.env, (path) => findProtected(path) !== undefined),
    cassettes: createFileCassettes,
  };
}
